using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace PostPurchase.Recommend.MLNet.Storage;

/// <summary>Finds the text of a model in what ML.NET loaded: a chain of chains of its own transformers.</summary>
internal static class LoadedModel
{
    /// <summary>The text of the first model of the library that has such a section.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ReadOnlyMemory<char> Find(MLContext mlContext, ITransformer loaded, string section)
    {
        var key = mlContext.Data.LoadFromEnumerable([new ModelKey { Key = ModelKey.TheOne }]);
        foreach (var table in Flat(loaded).OfType<ValueMappingTransformer>())
        {
            if (HoldsModel(table, key.Schema)
                && table.Transform(key).GetColumn<ReadOnlyMemory<char>>(ReservedColumns.Model).Single() is var text && StoredText.Holds(text, section))
            {
                return text;
            }
        }

        throw new ArgumentException($"The transformer holds no model of this library with {section}.", nameof(loaded));
    }

    /// <summary>The transformers of a chain, those of chains inside it too.</summary>
    public static IEnumerable<ITransformer> Flat(ITransformer transformer) => transformer is IEnumerable<ITransformer> chain
        ? chain.SelectMany(Flat)
        : [transformer];

    // A table of the caller's own looks up a column that is not there.
    private static bool HoldsModel(ValueMappingTransformer table, DataViewSchema schema)
    {
        try
        {
            return table.GetOutputSchema(schema).GetColumnOrNull(ReservedColumns.Model) is not null;
        }
        catch (Exception cause) when (cause is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
