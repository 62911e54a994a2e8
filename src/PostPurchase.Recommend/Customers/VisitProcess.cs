using MathNet.Numerics;

namespace PostPurchase.Recommend.Customers;

/// <summary>
/// How customers come and leave, the BG/NBD family in one formula. While a customer lasts, gaps between visits are Erlang of
/// shape <see cref="Regularity"/> with a rate that differs between customers as a gamma; after each visit the customer leaves
/// with a probability that differs as a beta.
/// </summary>
/// <remarks>
/// Regularity 1 is BG/NBD (Fader, Hardie and Lee 2005, eq. 6) or, when customers may leave right after the first visit,
/// MBG/NBD (Batislam, Denizel and Filiztekin 2007). Above 1 they are BG/CNBD-k and MBG/CNBD-k (Platzer and Reutterer 2016; Reutterer,
/// Platzer and Schröder 2021). Immutable and safe to use from any number of threads.
/// </remarks>
/// <param name="Regularity">The Erlang shape k, 1 or more: 1 is pure chance, large is clockwork.</param>
/// <param name="RateShape">The shape r of the rates' gamma.</param>
/// <param name="RateScale">The inverse scale alpha of the rates' gamma, in units of time.</param>
/// <param name="LeaveWeight">The first parameter a of the beta of leaving.</param>
/// <param name="StayWeight">The second parameter b of the beta of leaving.</param>
/// <param name="LeavesAtStart">Whether a customer may leave right after the first visit (the M of MBG).</param>
internal sealed record VisitProcess(
    int Regularity, double RateShape, double RateScale, double LeaveWeight, double StayWeight, bool LeavesAtStart)
{
    private const int MostVisits = 1_000_000;

    // Up to so many steps of gaps, summing visits up one by one is faster than the integral over leaving; and the series up to so many times the past,
    // since it takes as many terms as the time is longer.
    private const double MostSteps = 150;
    private const double MostPasts = 100;
    private const double MostSeriesWeight = 50;

    // Well above the logarithm of the least positive double.
    private const double LeastLogChance = -600;

    /// <summary>The logarithm of the likelihood of one customer's record.</summary>
    public double LogLikelihood(in VisitRecord record)
    {
        var common = ((Regularity - 1) * record.SumLogGaps) - (record.Repeats * SpecialFunctions.GammaLn(Regularity))
            + (RateShape * Math.Log(RateScale)) - SpecialFunctions.GammaLn(RateShape) - LogBeta(LeaveWeight, StayWeight);
        return common + LogSum(LogStayed(record, 0), LogLeft(record));
    }

    /// <summary>The probability that the customer has not left.</summary>
    public double ProbabilityAlive(in VisitRecord record)
    {
        var left = LogLeft(record);
        return double.IsNegativeInfinity(left) ? 1 : 1 / (1 + Math.Exp(left - LogStayed(record, 0)));
    }

    /// <summary>The probability of at least one visit within the time ahead.</summary>
    public double ProbabilityOfVisit(in VisitRecord record, double ahead) =>
        ProbabilityAlive(record) * -ExpM1(LogWait(record, ahead) - LogWait(record, 0));

    /// <summary>The number of visits expected within the time ahead.</summary>
    /// <remarks>
    /// The published formula, and the fast one: exact for regularity 1 (Fader, Hardie and Lee 2005, eq. 10, after Euler's transformation of 2F1, which keeps its
    /// parameters small whatever the number of visits). Above 1 it is the approximation by a process of the same mean rate; a
    /// cohort's sum is set right with <see cref="ExpectedVisits(double)"/>, a customer's own number by <see cref="ExactVisits(in VisitRecord, double)"/>. Where customers leave all alike, the parameters of leaving
    /// are large, the series overflows and the integral over them takes its place.
    /// </remarks>
    public double ExpectedVisits(in VisitRecord record, double ahead)
    {
        // The formula has a removable singularity at a = 1.
        var leave = Math.Abs(LeaveWeight - 1) < 1e-5 ? 1 + 1e-5 : LeaveWeight;
        var weight = leave + StayWeight + record.Repeats - (LeavesAtStart ? 0 : 1);
        var passed = (Regularity * RateScale) + record.ObservedFor;
        var share = ahead / (passed + ahead);
        var series = Hypergeometric(weight - RateShape - record.Repeats, leave - 1, weight, share);
        var visits = weight / (leave - 1) * (1 - (Math.Pow(1 - share, leave - 1) * series));
        return Math.Max(0, double.IsFinite(visits) ? visits : OfMeanRate(record, passed).Within(ahead)) * ProbabilityAlive(record);
    }

    /// <summary>The number of visits expected within the time ahead, exactly for every regularity and never less than the chance of one.</summary>
    /// <remarks>
    /// A gap is <see cref="Regularity"/> steps of pure chance. How many of them the wait since the last visit has seen is as likely as the terms of its
    /// survival say; each makes the rate a gamma, and the number of steps to come negative binomial.
    /// </remarks>
    public double ExactVisits(in VisitRecord record, double ahead) => ExactVisits(record, Ahead(record), ahead);

    /// <summary>The same for many times ahead of one customer, for whom <see cref="Ahead"/> has been worked out once.</summary>
    public double ExactVisits(in VisitRecord record, VisitsAhead visits, double ahead)
    {
        var least = ProbabilityOfVisit(record, ahead);
        var passed = RateScale + record.ObservedFor;
        // Each way where it is the fastest.
        if (Regularity == 1 && ahead < MostPasts * passed && HasSeries(record))
            return Math.Max(least, ExpectedVisits(record, ahead));
        var steps = (RateShape + (Regularity * record.Repeats)) * ahead / passed;
        var expected = steps < MostSteps ? SumOfVisits(record, ahead) : visits.Within(ahead);
        return Math.Max(least, expected * ProbabilityAlive(record));
    }

    // It needs more terms the more alike customers leave, and is short of digits next to its singularity and where hardly anybody stays.
    private bool HasSeries(in VisitRecord record) =>
        LeaveWeight < MostSeriesWeight && Math.Abs(LeaveWeight - 1) > 1e-3 && (StayWeight > 0.1 || LeavesAtStart || record.Repeats > 0);

    /// <summary>The visits to expect of the customer if still one, for many times ahead.</summary>
    public VisitsAhead Ahead(in VisitRecord record) =>
        new(
            Regularity, RateShape + (Regularity * record.Repeats), RateScale + record.ObservedFor, record.ObservedFor - record.LastAt,
            LeaveWeight, StayWeight + record.Repeats + (LeavesAtStart ? 1 : 0));

    // The same of pure chance at the mean rate.
    private VisitsAhead OfMeanRate(in VisitRecord record, double passed) =>
        new(1, RateShape + record.Repeats, passed, 0, LeaveWeight, StayWeight + record.Repeats + (LeavesAtStart ? 1 : 0));

    private double SumOfVisits(in VisitRecord record, double ahead)
    {
        var (passed, wait, shape) = (RateScale + record.ObservedFor, record.ObservedFor - record.LastAt, RateShape + (Regularity * record.Repeats));
        var stay = StayWeight + record.Repeats + (LeavesAtStart ? 1 : 0);
        var (weight, weights, visits) = (1.0, 0.0, 0.0);
        for (var done = 0; done < Regularity; done++)
        {
            if (done > 0)
                weight *= wait / passed * (shape + done - 1) / done;
            weights += weight;
            visits += weight * VisitsOfSteps(done, shape + done, passed, ahead, stay);
        }

        return visits / weights;
    }

    // The chance that an n-th visit more comes within the time, over all n, when so many steps towards the first of them are done.
    private double VisitsOfSteps(int done, double shape, double passed, double ahead, double stay)
    {
        var share = ahead / (passed + ahead);
        var logChance = shape * Math.Log(passed / (passed + ahead));
        var (chance, fewer, steps) = (Math.Exp(logChance), 0.0, 0);
        var (sum, stays) = (0.0, 1.0);
        for (var n = 1; n < MostVisits; n++)
        {
            for (; steps < (Regularity * n) - done; steps++)
            {
                fewer += chance;
                var ratio = share * (shape + steps) / (steps + 1);
                // Below what doubles hold the chance of so many steps goes on as its logarithm.
                if (logChance < LeastLogChance)
                    chance = Math.Exp(logChance += Math.Log(ratio));
                else
                    chance *= ratio;
            }

            var reached = Math.Max(0, 1 - fewer) * stays;
            sum += reached;
            if (reached < 1e-11)
                break;
            stays *= (stay + n - 1) / (LeaveWeight + stay + n - 1);
        }

        return sum;
    }

    /// <summary>The number of repeat visits expected of a new customer, exactly: the sum over n of the chance of an n-th one.</summary>
    public double ExpectedVisits(double ahead)
    {
        var share = ahead / (RateScale + ahead);
        var (sum, stays) = (0.0, LeavesAtStart ? StayWeight / (LeaveWeight + StayWeight) : 1);
        for (var n = 1; n < MostVisits; n++)
        {
            var reached = SpecialFunctions.BetaRegularized(Regularity * n, RateShape, share) * stays;
            sum += reached;
            if (reached < 1e-10)
                break;
            var stayed = n - (LeavesAtStart ? 0 : 1);
            stays *= (StayWeight + stayed) / (LeaveWeight + StayWeight + stayed);
        }

        return sum;
    }

    // The customer is still there: no visit since the last one, over the gamma of rates and the beta of leaving.
    private double LogStayed(in VisitRecord record, double ahead) =>
        LogBeta(LeaveWeight, StayWeight + record.Repeats + (LeavesAtStart ? 1 : 0)) + LogWait(record, ahead);

    // The customer left at the last visit.
    private double LogLeft(in VisitRecord record)
    {
        if (record.Repeats == 0 && !LeavesAtStart)
            return double.NegativeInfinity;
        var shape = RateShape + (Regularity * record.Repeats);
        return LogBeta(LeaveWeight + 1, StayWeight + record.Repeats - (LeavesAtStart ? 0 : 1))
            + SpecialFunctions.GammaLn(shape) - (shape * Math.Log(RateScale + record.LastAt));
    }

    // The Erlang's survival since the last visit, until the time ahead, integrated over the gamma of rates.
    private double LogWait(in VisitRecord record, double ahead)
    {
        var until = record.ObservedFor + ahead;
        var wait = until - record.LastAt;
        var shape = RateShape + (Regularity * record.Repeats);
        var (term, sum) = (1.0, 1.0);
        for (var j = 1; j < Regularity; j++)
        {
            term *= wait / (RateScale + until) * (shape + j - 1) / j;
            sum += term;
        }

        return SpecialFunctions.GammaLn(shape) - (shape * Math.Log(RateScale + until)) + Math.Log(sum);
    }

    private static double LogBeta(double a, double b) =>
        SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);

    private static double LogSum(double x, double y)
    {
        var (high, low) = (Math.Max(x, y), Math.Min(x, y));
        return double.IsNegativeInfinity(low) ? high : high + SpecialFunctions.Log1p(Math.Exp(low - high));
    }

    // Next to zero by its series, to thirteen digits either way.
    internal static double ExpM1(double x) =>
        Math.Abs(x) < 1e-3 ? x * (1 + (x / 2 * (1 + (x / 3 * (1 + (x / 4)))))) : Math.Exp(x) - 1;

    /// <summary>Gauss's series of 2F1 for 0 ≤ z &lt; 1.</summary>
    private static double Hypergeometric(double a, double b, double c, double z)
    {
        var (term, sum) = (1.0, 1.0);
        for (var n = 0; n < 100_000; n++)
        {
            term *= (a + n) * (b + n) / (c + n) * z / (n + 1);
            sum += term;
            if (Math.Abs(term) < 1e-15 * Math.Abs(sum))
                break;
        }

        return sum;
    }
}
