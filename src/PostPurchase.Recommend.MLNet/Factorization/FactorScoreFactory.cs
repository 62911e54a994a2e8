using Microsoft.ML.Transforms;

namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>Found by ML.NET when a saved model is loaded.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class FactorScoreFactory : CustomMappingFactory<StoredFactorQuestion, FactorScore>
{
    public const string Contract = "PostPurchase.FactorScore";

    public static void Map(StoredFactorQuestion question, FactorScore answer) => question.Scorer.Score(question, answer);

    public override Action<StoredFactorQuestion, FactorScore> GetMapping() => Map;
}
