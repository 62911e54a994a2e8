using MathNet.Numerics;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Complements;

/// <summary>
/// Learns which products are first bought after which others more often than chance explains. Chance is what would
/// happen if every first purchase after the anchor were drawn from the shop's first purchases of the same weeks; the count
/// is then Poisson, and its upper tail is the test. How often they really do is an estimate for all pairs together (<see cref="LiftPrior"/>): those that
/// pass a test would otherwise be the lucky ones.
/// </summary>
internal sealed class ComplementTrainer(ComplementOptions options)
{
    private const int AnchorsPerBlock = 64;

    public ComplementModel Train(PurchaseColumns columns, TrainingRun run)
    {
        options.Validate();
        var sequences = FirstPurchaseSequences.From(columns);
        var shares = new PeriodShares(sequences, columns.FirstDay, columns.LastDay);
        var products = columns.Products.Count;
        var found = new BoughtAfter[products][];
        run.Report("Complements", 0);
        AnchorCounts NewCounts() => new(sequences, shares, options, columns.LastDay);
        var prior = LiftPrior.Fit(PairCounts.Of(products, NewCounts, run), run);
        ParallelRows.For(products, AnchorsPerBlock, run, NewCounts, (counts, from, until) =>
        {
            for (var anchor = from; anchor < until; anchor++)
            {
                counts.Load(anchor);
                found[anchor] = Select(columns, anchor, counts, prior);
            }
        });
        run.Report("Complements", 1);
        return ComplementModel.From(found);
    }

    private BoughtAfter[] Select(PurchaseColumns columns, int anchor, AnchorCounts counts, LiftPrior prior)
    {
        // What the catalogue says of substitutes needs no test.
        var candidates = counts.Touched.Where(p => counts.After(p) >= options.MinimumCustomers && !columns.ServeOneNeed(anchor, p)).ToArray();
        var level = options.FalseAlarmRate / Math.Max(1, candidates.Length);
        List<BoughtAfter> complements = [];
        foreach (var product in candidates)
        {
            var expected = counts.ExpectedAfter(product);
            var lift = prior.Lift(counts.After(product), expected);
            if (lift < options.MinimumLift || UpperTail(counts.After(product), expected) > level || IsSubstitute(counts, product))
                continue;
            var probability = lift * expected / Math.Max(counts.Exposure, 1);
            complements.Add(new BoughtAfter(product, (float)Math.Min(1, probability), (float)lift, counts.After(product)));
        }

        complements.Sort(static (a, b) => a.Probability != b.Probability ? b.Probability.CompareTo(a.Probability) : a.Product.CompareTo(b.Product));
        return [.. complements.Take(options.MostPerProduct)];
    }

    /// <summary>
    /// A substitute also follows its anchor, but goes both ways alike and shuns the same basket: those who have one do not
    /// need the other the same day. Both must hold; too few data to see either leaves the pair a complement.
    /// </summary>
    private static bool IsSubstitute(AnchorCounts counts, int product)
    {
        var expectedWith = counts.ExpectedWith(product);
        var shunsBasket = expectedWith >= 1 && counts.With(product) < expectedWith / 2
            && LowerTail(counts.With(product), expectedWith) < 0.05;
        var all = counts.After(product) + counts.Before(product);
        var goesBothWays = counts.Before(product) >= 0.3 * all && counts.After(product) >= 0.3 * all;
        return shunsBasket && goesBothWays;
    }

    // P(X >= count) and P(X <= count) of a Poisson variable, by the regularised incomplete gamma function.
    private static double UpperTail(int count, double mean) => mean <= 0 ? 0 : SpecialFunctions.GammaLowerRegularized(count, mean);

    private static double LowerTail(int count, double mean) => SpecialFunctions.GammaUpperRegularized(count + 1, mean);
}
