using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

public sealed class NeighbourScratchTests
{
    [Theory]
    [InlineData(5, 2, 4)]
    [InlineData(19, 3, 10)]
    [InlineData(20, 3, 10)]
    [InlineData(21, 3, 10)]
    [InlineData(300, 7, 20)]
    [InlineData(1003, 150, 400)]
    public void The_nearest_are_those_that_sorting_all_by_similarity_puts_first(int customers, int few, int many)
    {
        var random = new SeededRandom(7, (ulong)customers);
        for (var round = 0; round < 20; round++)
        {
            var scratch = new NeighbourScratch(customers, products: 1);
            // Few different values make ties, some customers have nothing in common, and norms differ.
            var (similarity, inverseNorm) = (new float[customers], new float[customers]);
            for (var c = 0; c < customers; c++)
            {
                inverseNorm[c] = 1 + random.Next(3);
                var dot = (float)random.Next(round % 2 == 0 ? 6 : 10_000);
                scratch.AddDots([new Posting(c, dot)], 1);
                similarity[c] = dot * inverseNorm[c];
            }

            scratch.FindNearest(itself: 2, few, many, inverseNorm);

            int[] order = [.. Enumerable.Range(0, customers).Where(c => c != 2 && similarity[c] > 0).OrderByDescending(c => similarity[c]).ThenBy(c => c).Take(many)];
            Assert.Equal(order.Take(few).Order(), scratch.Few.ToArray().Select(f => f.Customer));
            Assert.Equal(order.Order(), scratch.Nearest.ToArray().Select(f => f.Customer).Order());
            Assert.All(scratch.Nearest.ToArray(), f => Assert.Equal(similarity[f.Customer], f.Similarity));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(250)]
    public void A_bound_from_the_largest_of_groups_is_reached_by_as_many_as_wanted_or_more(int values)
    {
        var random = new SeededRandom(3, (ulong)values);
        float[] all = [.. Enumerable.Range(0, values).Select(_ => (float)random.Next(100))];

        var bound = Quickselect.ReachedBy(5, all, new float[10]);

        Assert.InRange(all.Count(v => v >= bound), Math.Min(5, values), values);
        Assert.Equal(values < 10, float.IsNegativeInfinity(bound));
    }

    [Fact]
    public void Sums_over_the_few_count_for_the_many_as_well()
    {
        var scratch = new NeighbourScratch(customers: 3, products: 2);
        scratch.AddDots([new Posting(0, 1), new Posting(1, 3), new Posting(2, 2)], 1);
        scratch.FindNearest(itself: -1, few: 1, many: 3, [1, 1, 1]);
        for (var place = 0; place < scratch.Nearest.Length; place++)
            scratch.Add(place, [new Posting(scratch.Nearest[place].Customer == 1 ? 0 : 1, 0.5f)], scratch.Nearest[place].Similarity);

        Assert.Equal((0.5f, 0f), (scratch.Near(0), scratch.Near(1)));
        Assert.Equal((0.25f, 0.25f), (scratch.Wide(0), scratch.Wide(1)));
    }
}
