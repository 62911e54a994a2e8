namespace PostPurchase.Recommend.Complements;

/// <summary>
/// How lifts are spread over the pairs of a shop, learned from all of them: of thousands of pairs those that stand out in the counts stand out by chance
/// mostly, and their lifts are pulled to what such counts have turned out to be. An empirical Bayes estimate as of DuMouchel 1999 (The American
/// Statistician 53, section 3), with a mixture of many gamma distributions around fixed lifts in the place of two free ones, so that no pair is
/// too unusual for it (Laird 1978).
/// </summary>
internal sealed class LiftPrior
{
    // Lifts from an eighth to four thousand, four to an octave; each stands for those around it, as a gamma distribution as wide as the steps.
    private const int Lifts = 61;
    private const int LiftOfOne = 12;
    private const double StepsPerOctave = 4;
    private const double Shape = 32;

    private const int Rounds = 300;

    // As many pairs are believed in before any is seen: most at no lift at all, and a few anywhere.
    private const double PairsAtOne = 5;
    private const double PairsAnywhere = 5;
    private readonly double[] _logWeight;

    private LiftPrior(double[] logWeight) => _logWeight = logWeight;

    /// <summary>The weights under which the counts of these pairs are likeliest, by expectation maximisation.</summary>
    public static LiftPrior Fit(IReadOnlyCollection<PairCount> pairs, TrainingRun run)
    {
        var likelihoods = pairs.Select(Likelihoods).ToArray();
        var weight = new double[Lifts];
        Array.Fill(weight, 1.0 / Lifts);
        for (var round = 0; round < Rounds; round++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var next = new double[Lifts];
            Array.Fill(next, PairsAnywhere / Lifts);
            next[LiftOfOne] += PairsAtOne;
            foreach (var (pair, likelihood) in pairs.Zip(likelihoods))
            {
                var all = 0.0;
                for (var k = 0; k < Lifts; k++)
                    all += weight[k] * likelihood[k];
                for (var k = 0; k < Lifts; k++)
                    next[k] += pair.Pairs * weight[k] * likelihood[k] / all;
            }

            var sum = next.Sum();
            weight = Array.ConvertAll(next, w => w / sum);
        }

        return new LiftPrior(Array.ConvertAll(weight, Math.Log));
    }

    /// <summary>The lift to expect of a pair that was counted so often where chance expects so many.</summary>
    public double Lift(int count, double expected)
    {
        Span<double> log = stackalloc double[Lifts];
        var most = double.NegativeInfinity;
        for (var k = 0; k < Lifts; k++)
        {
            log[k] = _logWeight[k] + LogLikelihood(count, expected, k);
            most = Math.Max(most, log[k]);
        }

        var (all, lift) = (0.0, 0.0);
        for (var k = 0; k < Lifts; k++)
        {
            var share = Math.Exp(log[k] - most);
            all += share;
            lift += share * (Shape + count) / (Rate(k) + expected);
        }

        return lift / all;
    }

    private static double[] Likelihoods(PairCount pair)
    {
        var log = Enumerable.Range(0, Lifts).Select(k => LogLikelihood(pair.Count, pair.Expected, k)).ToArray();
        var most = log.Max();
        return Array.ConvertAll(log, value => Math.Exp(value - most));
    }

    // Of a negative binomial count, but for what is the same of all lifts.
    private static double LogLikelihood(int count, double expected, int lift) =>
        (Shape * Math.Log(Rate(lift) / (Rate(lift) + expected))) - (count * Math.Log(Rate(lift) + expected));

    private static double Rate(int lift) => Shape / Math.Pow(2, (lift - LiftOfOne) / StepsPerOctave);
}
