using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>Builds what the blend is learned from: rounds of held-out baskets, each seen through sources that do not know it.</summary>
internal sealed class RankingSampler(RankingOptions options, IFactorTrainer factors)
{
    private const int ExpectedCandidates = 180;
    private const int BlockBaskets = 64;

    // Rounds that hold out no more than a quarter of what a typical customer bought are seen with histories nearly as long as those asked about.
    private const int BasketsPerRound = 4;

    // Rounds after the usual ones are asked for their purchases: of candidates that were not bought there are enough.
    private const double FurtherRoundsShare = 0.25;

    public RankingSample Build(PurchaseColumns columns, SalesCalendar calendar, TrainingRun run)
    {
        var sample = new RankingSample();
        var customers = Math.Max(1, RankingExamples.Buyers(columns));
        var longHistories = RankingExamples.TypicalBaskets(columns) / BasketsPerRound;
        var rounds = Math.Min(options.HeldOutRounds, Math.Max(longHistories, options.RoundsOfShortHistories));
        var mostPerCustomer = Math.Max(1, options.WantedBaskets / (customers * rounds));
        var rows = options.MostRows / rounds;
        for (var round = 0; round < rounds; round++)
        {
            run.Report("Learning the ranking", (double)round / (rounds + 2));
            var examples = RankingExamples.Round(columns, round, mostPerCustomer);
            var before = HistorySplit.Before(columns, examples.CutDay);
            // Where days are no dates, "before the day" cannot be told from the day, only from the split.
            var sources = RankingSources.From(before, calendar.HasDates ? calendar : SalesCalendar.From(before, hasDates: false), factors, run, options);
            // The rounds of a small store are learned from together, those of a large one after each other.
            if (round == 0 && examples.Customers >= options.EnoughCustomers)
                rows = options.MostRows;
            if (round == RankingBlendTrainer.RoundsInTime)
                rows = Math.Min(rows, (int)(options.MostRows * FurtherRoundsShare));
            // Where one round holds more baskets than are learned from, the oldest one would add nothing but time.
            if (round == 0 && examples.Customers >= options.MostBasketsPerRound)
                rounds = Math.Min(rounds, RankingBlendTrainer.LearnedRounds);
            AddRound(columns, sources, Drawn(examples.Baskets, run.Seed, round), round, rows, sample, run);
            // Old baskets with short histories behind them would only blur where the latest teach enough.
            var enough = round + 1 < longHistories ? options.PlentyOfPurchases : options.EnoughPurchases;
            if (round + 1 >= RankingBlendTrainer.RoundsInTime && RankingBlendTrainer.Purchases(sample) >= enough)
                break;
        }

        return sample;
    }

    private List<HeldOutBasket> Drawn(List<HeldOutBasket> baskets, ulong seed, int round)
    {
        if (baskets.Count <= options.MostBasketsPerRound)
            return baskets;
        var share = (double)options.MostBasketsPerRound / baskets.Count;
        return [.. baskets.Where((_, i) => new SeededRandom(seed, ((ulong)round << 40) + (ulong)i).NextDouble() < share)];
    }

    private void AddRound(
        PurchaseColumns columns, RankingSources sources, List<HeldOutBasket> baskets, int round, int mostRows, RankingSample sample, TrainingRun run)
    {
        var keep = Math.Min(1.0, mostRows / Math.Max(1.0, (double)baskets.Count * ExpectedCandidates));
        var blocks = new RankingSample[(baskets.Count + BlockBaskets - 1) / BlockBaskets];
        var free = new ConcurrentBag<RankingScratch>();
        ParallelRows.For(baskets.Count, BlockBaskets, run, (from, until) =>
        {
            var scratch = free.TryTake(out var used) ? used : sources.NewScratch();
            var block = blocks[from / BlockBaskets] = new RankingSample();
            for (var b = from; b < until; b++)
            {
                var basket = baskets[b];
                var random = new SeededRandom(run.Seed, ((ulong)(round + 1) << 40) + (ulong)b);
                var bought = columns.Product.AsSpan(basket.FromRow, basket.UntilRow - basket.FromRow);
                scratch.State.Load(columns, basket.Customer, basket.Day);
                CandidateFinder.Find(sources, basket.Customer, newOnly: false, scratch);
                var visit = (float)Math.Pow(bought.Length, -options.BasketSizeExponent);
                Thin(scratch.Candidates, bought, keep, random);
                var rows = scratch.Rows(scratch.Candidates.Count * RankingFeatures.Count);
                RankingFeatures.Fill(sources, scratch, rows);
                for (var i = 0; i < scratch.Candidates.Count; i++)
                {
                    var label = bought.BinarySearch(scratch.Candidates[i]) >= 0;
                    var row = rows.Slice(i * RankingFeatures.Count, RankingFeatures.Count);
                    var weight = label ? 1 : (float)(1 / keep);
                    block.Add(row, label, weight, label ? visit : weight, basket.Customer, round, basket.Day);
                }
            }

            free.Add(scratch);
        });
        foreach (var block in blocks)
            sample.Add(block);
    }

    private static void Thin(List<int> candidates, ReadOnlySpan<int> bought, double keep, SeededRandom random)
    {
        var kept = 0;
        foreach (var product in CollectionsMarshal.AsSpan(candidates))
        {
            if (bought.BinarySearch(product) >= 0 || random.NextDouble() < keep)
                candidates[kept++] = product;
        }

        candidates.RemoveRange(kept, candidates.Count - kept);
    }
}
