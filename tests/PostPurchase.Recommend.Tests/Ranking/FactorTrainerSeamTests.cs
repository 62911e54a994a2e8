using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>The matrix factors of the ranking may come from any trainer.</summary>
public sealed class FactorTrainerSeamTests
{
    private static readonly PurchaseHistory History = SmallStore.History(customers: 30, visits: 6);

    [Fact]
    public void The_given_trainer_learns_the_factors_of_every_round_and_of_the_model()
    {
        var counting = new CountingTrainer(interactions => interactions);
        var run = new TrainingRun { Threads = 1 };

        var model = new PostPurchaseTrainer(factorTrainer: counting).Train(History, run);

        Assert.True(counting.Trainings >= 2, $"asked {counting.Trainings} times");
        var own = new PostPurchaseTrainer(factorTrainer: new ImplicitAlsTrainer(counting.Options)).Train(History, run);
        Assert.Equal(Bytes(own), Bytes(model));
        Assert.NotEqual(Bytes(new PostPurchaseTrainer().Train(History, run)), Bytes(model));
    }

    [Fact]
    public void Factors_of_other_products_are_refused_by_name()
    {
        var other = InteractionMatrix.From(SmallStore.History(customers: 2, visits: 2).Columns);

        var error = Assert.Throws<InvalidOperationException>(() => new PostPurchaseTrainer(factorTrainer: new CountingTrainer(_ => other)).Train(History));

        Assert.Contains(nameof(CountingTrainer), error.Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(PostPurchaseModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private sealed class CountingTrainer(Func<InteractionMatrix, InteractionMatrix> given) : IFactorTrainer
    {
        public FactorizationOptions Options { get; } = new() { Factors = 5, Iterations = 3 };

        public int Trainings { get; private set; }

        public FactorModel Train(InteractionMatrix interactions, TrainingRun? run = null)
        {
            Trainings++;
            return new ImplicitAlsTrainer(Options).Train(given(interactions), run);
        }
    }
}
