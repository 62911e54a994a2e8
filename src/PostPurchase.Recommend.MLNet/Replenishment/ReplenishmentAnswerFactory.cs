using Microsoft.ML.Transforms;

namespace PostPurchase.Recommend.MLNet.Replenishment;

/// <summary>Found by ML.NET when a saved model is loaded.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ReplenishmentAnswerFactory : CustomMappingFactory<StoredReplenishmentQuestion, ReplenishmentAnswer>
{
    public const string Contract = "PostPurchase.Replenishment";

    public static void Map(StoredReplenishmentQuestion question, ReplenishmentAnswer answer) =>
        ReplenishmentForecaster.FromText(question.Model).Answer(question, answer);

    public override Action<StoredReplenishmentQuestion, ReplenishmentAnswer> GetMapping() => Map;
}
