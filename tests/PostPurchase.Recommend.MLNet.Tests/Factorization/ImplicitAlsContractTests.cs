using Microsoft.ML;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.MLNet.Factorization;

namespace PostPurchase.Recommend.MLNet.Tests.Factorization;

public class ImplicitAlsContractTests : FactorContract
{
    private static readonly FactorizationOptions Options = new() { Factors = 8, UnobservedWeight = 0.1 };

    protected override IFactorTrainer Trainer => new ImplicitAlsTrainer(Options);

    protected override FactorEstimator Estimator(MLContext mlContext, UnknownIds unknownIds = UnknownIds.Answer) =>
        mlContext.PostPurchase().Trainers.ImplicitAls(options: Options, unknownIds: unknownIds);
}
