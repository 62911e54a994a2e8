using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

public sealed class CandidateSourcesTests
{
    private static readonly PurchaseColumns Columns = SmallStore.History(customers: 25, visits: 6).Columns;

    [Fact]
    public void A_source_left_out_brings_no_candidates()
    {
        Assert.Equal(CandidateSources.All, new RankingOptions().Candidates);
        Assert.Equal(CandidateSources.All & ~CandidateSources.Factor, new RankingOptions { LeftOutGroups = ["Factor", "Customer"] }.Candidates);

        var own = Candidates(CandidateSources.None);
        var all = Candidates(CandidateSources.All);
        var state = new CustomerState(Columns.Products.Count);
        state.Load(Columns, 0, int.MaxValue);

        Assert.Equal(state.Own.ToArray().Select(o => o.Product).Order(), own.Order());
        Assert.Superset(own.ToHashSet(), all.ToHashSet());
        Assert.True(all.Length > own.Length);
    }

    [Fact]
    public void Features_of_a_group_left_out_are_hidden_when_serving_too()
    {
        var sources = RankingSources.From(
            Columns, SalesCalendar.From(Columns), new ImplicitAlsTrainer(SmallStore.FastOptions.Factorization), new TrainingRun { Threads = 1 },
            new RankingOptions { LeftOutGroups = ["Own", "Popularity"] });
        var scratch = sources.NewScratch();
        scratch.State.Load(Columns, 0, int.MaxValue);
        CandidateFinder.Find(sources, 0, newOnly: false, scratch);
        var rows = scratch.Rows(scratch.Candidates.Count * RankingFeatures.Count);
        RankingFeatures.Fill(sources, scratch, rows);

        for (var i = 0; i < scratch.Candidates.Count; i++)
        {
            var row = rows.Slice(i * RankingFeatures.Count, RankingFeatures.Count);
            Assert.True(row[(int)RankingFeature.Own_Count] >= 0);
            Assert.Equal(float.NaN, row[(int)RankingFeature.Own_DecaySlowShare]);
            Assert.Equal(float.NaN, row[(int)RankingFeature.Popularity_All]);
            Assert.False(float.IsNaN(row[(int)RankingFeature.Neighbour_Wide]));
        }
    }

    private static int[] Candidates(CandidateSources candidates)
    {
        var sources = RankingSources.From(
            Columns, SalesCalendar.From(Columns), new ImplicitAlsTrainer(SmallStore.FastOptions.Factorization), new TrainingRun { Threads = 1 },
            new RankingOptions { LeftOutGroups = [.. Enum.GetValues<CandidateSources>().Where(source => !candidates.HasFlag(source)).Select(source => source.ToString())] });
        var scratch = sources.NewScratch();
        scratch.State.Load(Columns, 0, int.MaxValue);
        CandidateFinder.Find(sources, 0, newOnly: false, scratch);
        return [.. scratch.Candidates];
    }
}
