using MathNet.Numerics.Distributions;

namespace PostPurchase.Recommend.Tests.Oracles;

/// <summary>Lifts to expect, from a mixture of gamma distributions that is learned pair by pair, as negative binomial counts.</summary>
internal sealed class NaiveLifts
{
    private static readonly double[] Centres = [.. Enumerable.Range(-12, 61).Select(step => Math.Pow(2, step / 4.0))];
    private readonly double[] _weights = [.. Centres.Select(_ => 1.0 / Centres.Length)];

    public NaiveLifts(IEnumerable<(int Count, double Expected)> pairs)
    {
        // Pairs of which chance expects as many within a tenth are taken alike.
        var likelihoods = pairs.Where(pair => pair.Expected >= 0.001)
            .Select(pair => Likelihoods(pair.Count, Math.Exp((Math.Floor(Math.Log(pair.Expected) * 10) + 0.5) / 10))).ToList();
        for (var round = 0; round < 300; round++)
        {
            // Ten pairs are believed in: five without a lift, five anywhere.
            var next = Centres.Select(centre => (centre == 1 ? 5 : 0) + (5.0 / Centres.Length)).ToArray();
            foreach (var likelihood in likelihoods)
            {
                var all = likelihood.Zip(_weights, (l, w) => l * w).Sum();
                for (var k = 0; k < next.Length; k++)
                    next[k] += likelihood[k] * _weights[k] / all;
            }

            _weights = [.. next.Select(weight => weight / next.Sum())];
        }
    }

    public double Of(int count, double expected)
    {
        var likelihood = Likelihoods(count, expected);
        var lifts = Centres.Select(centre => (32 + count) / ((32 / centre) + expected)).ToArray();
        return Enumerable.Range(0, lifts.Length).Sum(k => _weights[k] * likelihood[k] * lifts[k]) / Enumerable.Range(0, lifts.Length).Sum(k => _weights[k] * likelihood[k]);
    }

    private static double[] Likelihoods(int count, double expected) =>
        [.. Centres.Select(centre => new NegativeBinomial(32, 32 / centre / ((32 / centre) + expected)).Probability(count))];
}
