using Microsoft.ML.Transforms;

namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>Found by ML.NET when a saved model is loaded.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class FactorRankFactory : CustomMappingFactory<StoredFactorQuestion, FactorRank>
{
    public const string Contract = "PostPurchase.FactorRank";

    public static void Map(StoredFactorQuestion question, FactorRank answer) => question.Scorer.Rank(question, answer);

    public override Action<StoredFactorQuestion, FactorRank> GetMapping() => Map;
}
