using Microsoft.ML;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.MLNet.Factorization;

namespace PostPurchase.Recommend.MLNet.Tests.Factorization;

public class MatrixFactorizationContractTests : FactorContract
{
    private static readonly MatrixFactorizationOptions Options = new() { Factors = 8, UnobservedWeight = 0.1, Regularization = 0.05 };

    protected override IFactorTrainer Trainer => new MatrixFactorizationTrainer(Options);

    protected override FactorEstimator Estimator(MLContext mlContext, UnknownIds unknownIds = UnknownIds.Answer) =>
        mlContext.PostPurchase().Trainers.MatrixFactorization(options: Options, unknownIds: unknownIds);

    [Fact]
    public void More_threads_and_other_seeds_change_nothing()
    {
        var matrix = InteractionMatrix.FromTriples(3, 3, [0, 0, 1, 2], [0, 1, 1, 2]);
        var one = Trainer.Train(matrix, new TrainingRun { Threads = 1, Seed = 1 });
        var many = Trainer.Train(matrix, new TrainingRun { Threads = 8, Seed = 2 });
        for (var i = 0; i < 3; i++)
            Assert.Equal(one.Customer(i), many.Customer(i));
    }

    [Fact]
    public void More_than_a_million_customers_are_all_learned()
    {
        const int customers = 1_000_100;
        var last = customers - 1;
        var model = new MatrixFactorizationTrainer(new MatrixFactorizationOptions { Factors = 2, Iterations = 2 })
            .Train(InteractionMatrix.FromTriples(customers, 2, [0, 5, last, last], [0, 1, 0, 1]));
        Assert.Equal(customers, model.CustomerCount);
        Assert.True(model.Score(model.Customer(last), 0) > 0.1f);
    }

    [Fact]
    public void Native_code_prints_nothing() => Assert.Equal((0, "", ""), OtherProcess.Run("libmf"));

    [Fact]
    public void Options_are_refused_all_at_once()
    {
        var error = Assert.Throws<InvalidOptionsException>(() => new MatrixFactorizationTrainer(
            new MatrixFactorizationOptions { Factors = 0, Iterations = 1001, Regularization = double.NaN, UnobservedWeight = 0 }));
        foreach (var name in new[] { "Factors", "Iterations", "Regularization", "UnobservedWeight" })
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }
}
