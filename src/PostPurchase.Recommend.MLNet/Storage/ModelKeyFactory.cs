using Microsoft.ML.Transforms;

namespace PostPurchase.Recommend.MLNet.Storage;

/// <summary>Found by ML.NET when a saved model is loaded.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ModelKeyFactory : CustomMappingFactory<ModelKeySource, ModelKey>
{
    public const string Contract = "PostPurchase.ModelKey";

    public static void Map(ModelKeySource source, ModelKey key) => key.Key = ModelKey.TheOne;

    public override Action<ModelKeySource, ModelKey> GetMapping() => Map;
}
