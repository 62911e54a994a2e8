using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.PublicTests.Contract;

/// <summary>The contract, held by a model straight from its trainer.</summary>
public sealed class PostPurchaseModelContract : RecommenderContract
{
    protected override IRecommender Learn(IEnumerable<OrderLine> lines) => new PostPurchaseTrainer().Train(PurchaseHistory.From(lines));
}
