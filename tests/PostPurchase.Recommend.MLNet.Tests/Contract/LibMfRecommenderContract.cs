using PostPurchase.Recommend.MLNet.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.PublicTests.Contract;

namespace PostPurchase.Recommend.MLNet.Tests.Contract;

/// <summary>The public contract, held by a whole recommender whose factors LIBMF has trained, saved and loaded on the way.</summary>
public sealed class LibMfRecommenderContract : RecommenderContract
{
    protected override IRecommender Learn(IEnumerable<OrderLine> lines)
    {
        var trainer = new PostPurchaseTrainer(factorTrainer: new MatrixFactorizationTrainer(new MatrixFactorizationOptions { Factors = 16 }));
        using var stream = new MemoryStream();
        trainer.Train(PurchaseHistory.From(lines)).Save(stream);
        stream.Position = 0;
        return PostPurchaseModel.Load(stream);
    }
}
