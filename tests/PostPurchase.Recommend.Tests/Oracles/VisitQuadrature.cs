using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using PostPurchase.Recommend.Customers;

namespace PostPurchase.Recommend.Tests.Oracles;

/// <summary>The visit process by brute force: the story of one customer given rate and leaving, averaged over a fine grid of both.</summary>
internal sealed class VisitQuadrature
{
    private const int RateSteps = 4_000;
    private const int LeaveSteps = 2_000;
    private readonly VisitProcess _process;
    private readonly VisitRecord _record;
    private readonly double _stayed;
    private readonly double _left;

    public VisitQuadrature(VisitProcess process, VisitRecord record)
    {
        _process = process;
        _record = record;
        _stayed = StayChance(0) * OverRates(rate => Gaps(rate) * Silence(rate, record.ObservedFor - record.LastAt));
        _left = record.Repeats == 0 && !process.LeavesAtStart
            ? 0
            : LeaveChance() * OverRates(Gaps);
    }

    public double LogLikelihood => Math.Log(_stayed + _left);

    public double ProbabilityAlive => _stayed / (_stayed + _left);

    public double ProbabilityOfVisit(double ahead) =>
        (_stayed - (StayChance(0) * OverRates(rate => Gaps(rate) * Silence(rate, _record.ObservedFor + ahead - _record.LastAt))))
        / (_stayed + _left);

    /// <summary>For regularity 1, where the wait so far does not change the future: a Poisson stream that each visit may end.</summary>
    public double ExpectedVisits(double ahead)
    {
        var sum = 0.0;
        // The n-th visit ahead needs n arrivals and n - 1 times staying on.
        for (var n = 1; n < 400; n++)
        {
            var count = n;
            var arrived = OverRates(rate => Gaps(rate) * Silence(rate, _record.ObservedFor - _record.LastAt)
                * SpecialFunctions.GammaLowerRegularized(count, rate * ahead));
            var reached = StayChance(n - 1) * arrived;
            sum += reached;
            if (reached < 1e-12 * (_stayed + _left))
                break;
        }

        return sum / (_stayed + _left);
    }

    public static double ExpectedVisitsOfNew(VisitProcess process, double ahead)
    {
        var fresh = new VisitQuadrature(process, new VisitRecord(0, 0, 0, 0));
        var sum = 0.0;
        for (var n = 1; n < 600; n++)
        {
            var shape = process.Regularity * n;
            var reached = fresh.StayChance(n - 1) * fresh.OverRates(rate => SpecialFunctions.GammaLowerRegularized(shape, rate * ahead));
            sum += reached;
            if (reached < 1e-10)
                break;
        }

        return sum;
    }

    // The chance to stay on through all visits seen and some more.
    private double StayChance(int more)
    {
        var times = _record.Repeats + (_process.LeavesAtStart ? 1 : 0) + more;
        return OverLeaving(leave => Math.Pow(1 - leave, times));
    }

    private double LeaveChance()
    {
        var times = _record.Repeats - (_process.LeavesAtStart ? 0 : 1);
        return OverLeaving(leave => leave * Math.Pow(1 - leave, times));
    }

    // The densities of the gaps seen, up to how they are spread over the visits, which only their sum of logarithms tells.
    private double Gaps(double rate)
    {
        var k = _process.Regularity;
        return Math.Exp((k * _record.Repeats * Math.Log(rate)) + ((k - 1) * _record.SumLogGaps) - (rate * _record.LastAt)
            - (_record.Repeats * SpecialFunctions.GammaLn(k)));
    }

    private double Silence(double rate, double time) =>
        time <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(_process.Regularity, rate * time);

    // The midpoint rule in the quantiles' own variable, so that the density's pole at zero does no harm.
    private double OverRates(Func<double, double> value)
    {
        var most = 60 / _process.RateScale;
        var sum = 0.0;
        for (var i = 0; i < RateSteps; i++)
        {
            var u = (i + 0.5) / RateSteps;
            var rate = most * u * u;
            sum += value(rate) * Gamma.PDF(_process.RateShape, _process.RateScale, rate) * 2 * most * u / RateSteps;
        }

        return sum;
    }

    private double OverLeaving(Func<double, double> value)
    {
        var sum = 0.0;
        for (var i = 0; i < LeaveSteps; i++)
        {
            // Substituting p = u^2 (3 - 2u) flattens both ends.
            var u = (i + 0.5) / LeaveSteps;
            var leave = u * u * (3 - (2 * u));
            sum += value(leave) * Beta.PDF(_process.LeaveWeight, _process.StayWeight, leave) * 6 * u * (1 - u) / LeaveSteps;
        }

        return sum;
    }
}
