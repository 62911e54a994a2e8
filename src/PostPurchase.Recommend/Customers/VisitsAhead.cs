using System.Numerics;
using MathNet.Numerics.Integration;

namespace PostPurchase.Recommend.Customers;

/// <summary>The number of visits expected of one customer who has not left, exactly, at a cost that does not grow with their number.</summary>
/// <remarks>
/// A gap between visits is so many steps of pure chance, of which the wait since the last visit has seen some. Of somebody who leaves with probability q after
/// each visit, and of whom x steps are over, (1 - (1 - q)^⌊x / k⌋) / q visits are expected. The power is a sum of k exponentials of x, one for each k-th root of unity; the steps
/// are negative binomial, so that each one's mean is a power; what is left is an integral over the beta of leaving, which Gauss and Legendre solve piece by
/// piece in the logarithm of the odds. Not safe for use by several threads.
/// </remarks>
internal sealed class VisitsAhead
{
    // Of the share that leaves: nearer to zero or one than this it makes no difference.
    private const double Nearest = 1e-12;

    // What is lower than the peak of a density, or less than a chance, by this power of e is nothing.
    private const double Nothing = 45;

    // Who is certain to leave, as the logarithm of the odds against staying: beyond, the terms cancel to noise, and the first visit is all.
    private const double SureToLeave = 16;
    private const double LeastWeight = 1e-20;
    private static readonly GaussLegendreRule Rule = new(-1, 1, 12);

    private readonly int _regularity;
    private readonly double _shape;
    private readonly double _passed;
    private readonly double _leave;
    private readonly double _stay;
    private readonly double[] _done;
    private readonly List<Node> _nodes = [];
    private double _longest = -1;
    private double _weights;

    /// <param name="regularity">The steps of a gap.</param>
    /// <param name="shape">The shape of the gamma of the customer's rate of steps, with none seen since the last visit.</param>
    /// <param name="passed">Its inverse scale.</param>
    /// <param name="wait">The time since the last visit.</param>
    /// <param name="leave">The first parameter of the beta of leaving.</param>
    /// <param name="stay">The second parameter.</param>
    public VisitsAhead(int regularity, double shape, double passed, double wait, double leave, double stay)
    {
        (_regularity, _shape, _passed, _leave, _stay) = (regularity, shape, passed, leave, stay);
        _done = new double[regularity];
        var (weight, sum) = (1.0, 0.0);
        for (var done = 0; done < regularity; done++)
        {
            if (done > 0)
                weight *= wait / passed * (shape + done - 1) / done;
            (_done[done], sum) = (weight, sum + weight);
        }

        for (var done = 0; done < regularity; done++)
            _done[done] /= sum;
    }

    /// <summary>The visits expected within the time ahead.</summary>
    public double Within(double ahead)
    {
        if (ahead > _longest)
            Divide(ahead);
        var sum = 0.0;
        foreach (var node in _nodes)
            sum += node.Weight * Visits(node, ahead / _passed);
        return sum / _weights;
    }

    private double Visits(in Node node, double time)
    {
        // The root of unity that is one, by its logarithms: next to nobody leaves at many of the nodes, and the difference from one is what counts.
        var logBase = LogOnePlus(time * node.StepEnds);
        var sum = 0.0;
        for (var done = 0; done < _regularity; done++)
            sum -= _done[done] * VisitProcess.ExpM1(node.LogFactor - (done * node.Decay) - ((_shape + done) * logBase));
        sum /= node.Leaves;
        if (_regularity == 1)
            return sum;
        var scale = 1 / (_regularity * node.Stays);
        for (var root = 1; 2 * root <= _regularity; root++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * root / _regularity);
            // The longer the time, the less matters at which step of a gap it ends.
            if (_shape * LogOnePlus(time * (1 - cosine)) > Nothing)
                continue;
            var z = (1 - node.StepEnds) * new Complex(cosine, sine);
            var steps = 1 + (time * (1 - z));
            var (ratio, mixed) = (z / steps, Complex.Zero);
            for (var done = _regularity - 1; done >= 0; done--)
                mixed = (mixed * ratio) + _done[done];
            var term = z / (1 - z) * mixed * Complex.Exp(-_shape * Complex.Log(steps));
            // A root and its conjugate together, but for minus one, which has none.
            sum -= scale * term.Real * (2 * root == _regularity ? 1 : 2);
        }

        return sum;
    }

    // The pieces of the integral over leaving: between where the density is next to nothing, or, where it has mass up to zero or one,
    // between where it matters no more how near it is; that mass is one node more.
    private void Divide(double longest)
    {
        _longest = longest;
        _nodes.Clear();
        var mode = Math.Log(_leave / _stay);
        var peak = LogDensity(mode);
        var most = 1 + (_shape * longest / _passed);
        var low = Edge(mode, Math.Log(Nearest / (most + _leave + _stay)), peak);
        var high = Edge(mode, SureToLeave, peak);
        Add(low, Math.Exp(LogDensity(low) - peak) / _leave);
        Add(high, Math.Exp(LogDensity(high) - peak) / _stay);
        var width = Math.Min(2, 2.5 * Math.Sqrt((1 / _leave) + (1 / _stay)));
        var pieces = Math.Max(1, (int)Math.Ceiling((high - low) / width));
        for (var i = 0; i < pieces * Rule.Order; i++)
        {
            var half = (high - low) / pieces / 2;
            var logOdds = low + (half * (1 + (2 * (i / Rule.Order)) + Rule.GetAbscissa(i % Rule.Order)));
            Add(logOdds, half * Rule.GetWeight(i % Rule.Order) * Math.Exp(LogDensity(logOdds) - peak));
        }

        _weights = _nodes.Sum(node => node.Weight);
    }

    // Towards the end, where the density has fallen to nothing; the end itself where it does not.
    private double Edge(double mode, double end, double peak)
    {
        if (peak - LogDensity(end) < Nothing)
            return end;
        var (inside, outside) = (mode, end);
        for (var i = 0; i < 40; i++)
        {
            var middle = (inside + outside) / 2;
            (inside, outside) = peak - LogDensity(middle) < Nothing ? (middle, outside) : (inside, middle);
        }

        return outside;
    }

    private double LogDensity(double logOdds) => -(_leave * LogOnePlusExp(-logOdds)) - (_stay * LogOnePlusExp(logOdds));

    private void Add(double logOdds, double weight)
    {
        if (weight < LeastWeight)
            return;
        var (leaves, stays) = (1 / (1 + Math.Exp(-logOdds)), 1 / (1 + Math.Exp(logOdds)));
        // The logarithm of the chance to stay, spread over the steps of a gap.
        var decay = LogOnePlusExp(logOdds) / _regularity;
        var logFactor = LogMeanDecay(_regularity * decay) - LogMeanDecay(decay) + ((_regularity - 1) * decay);
        _nodes.Add(new Node(weight, leaves, stays, decay, -VisitProcess.ExpM1(-decay), logFactor));
    }

    // Kahan's: the rounding of the sum cancels.
    private static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    private static double LogOnePlusExp(double x) => x > 0 ? x + LogOnePlus(Math.Exp(-x)) : LogOnePlus(Math.Exp(x));

    // The logarithm of (1 - e^-x) / x.
    private static double LogMeanDecay(double x)
    {
        var square = x * x;
        return x > 0.1
            ? Math.Log(-VisitProcess.ExpM1(-x) / x)
            : (-x / 2) + (square / 24) - (square * square / 2_880) + (square * square * square / 181_440);
    }

    private readonly record struct Node(double Weight, double Leaves, double Stays, double Decay, double StepEnds, double LogFactor);
}
