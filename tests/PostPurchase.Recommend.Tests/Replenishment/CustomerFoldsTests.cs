using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class CustomerFoldsTests
{
    private static readonly BoostedTreesOptions Boosting = new() { Trees = 40, LearningRate = 0.2, MaxLeaves = 8, MinLeafRows = 20 };

    [Fact]
    public void What_tells_customers_apart_but_holds_for_no_other_gets_half_the_trees() =>
        Assert.InRange(Trees(Rows(customers: 60, holds: false)), 20, 23);

    [Fact]
    public void What_holds_for_every_customer_gets_the_trees_it_is_worth() =>
        Assert.InRange(Trees(Rows(customers: 60, holds: true)), 27, 40);

    [Theory]
    [InlineData(2)]
    [InlineData(501)]
    public void Too_few_and_enough_customers_are_not_asked(int customers) =>
        Assert.Equal(40, Trees(Rows(customers, holds: false)));

    [Fact]
    public void The_number_is_halfway_to_the_best_of_a_naive_search_over_the_same_folds()
    {
        var (rows, customer) = Rows(customers: 23, holds: true);
        var losses = Enumerable.Range(0, Boosting.Trees + 1).Select(trees =>
        {
            var loss = 0.0;
            for (var fold = 0; fold < 3; fold++)
            {
                int[] seen = [.. Enumerable.Range(0, customer.Length).Where(i => customer[i] % 3 != fold)];
                var features = new FeatureTable(seen.Length, 2);
                for (var i = 0; i < seen.Length; i++)
                    features.SetRow(i, [rows.Features.Column(0)[seen[i]], rows.Features.Column(1)[seen[i]]]);
                var part = new LabelledRows(features, [.. seen.Select(i => rows.Labels[i])], [], [.. seen.Select(i => rows.InitialScores[i])]);
                var model = trees == 0 ? null : new BoostedTreesTrainer(Boosting with { Trees = trees }).Train(part, new TrainingRun());
                for (var i = 0; i < customer.Length; i++)
                {
                    if (customer[i] % 3 != fold)
                        continue;
                    var score = rows.InitialScores[i] + (model?.Score([rows.Features.Column(0)[i], rows.Features.Column(1)[i]]) ?? 0);
                    loss += Math.Log(1 + Math.Exp(rows.Labels[i] > 0 ? -score : score));
                }
            }

            return loss;
        }).ToArray();
        Assert.Equal((Array.IndexOf(losses, losses.Min()) + Boosting.Trees + 1) / 2, Trees((rows, customer)));
    }

    private static int Trees((LabelledRows Rows, int[] Customer) asked) =>
        CustomerFolds.Trees(Boosting, asked.Rows, asked.Customer, new TrainingRun());

    // Each customer has one value of the first feature, and its own chance to buy; the second feature is a truth about all, or nothing.
    private static (LabelledRows Rows, int[] Customer) Rows(int customers, bool holds)
    {
        const int Each = 40;
        var random = new SeededRandom(5);
        var features = new FeatureTable(customers * Each, 2);
        var (labels, customer) = (new float[customers * Each], new int[customers * Each]);
        for (var c = 0; c < customers; c++)
        {
            var (mark, own) = ((float)random.NextDouble(), random.NextDouble());
            for (var i = c * Each; i < (c + 1) * Each; i++)
            {
                var truth = (float)random.NextDouble();
                features.SetRow(i, [mark, truth]);
                labels[i] = random.NextDouble() < (holds ? truth * truth : own) ? 1 : 0;
                customer[i] = c;
            }
        }

        return (new LabelledRows(features, labels, [], new double[customers * Each]), customer);
    }
}
