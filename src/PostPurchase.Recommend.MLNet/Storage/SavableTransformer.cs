using Microsoft.ML;
using Microsoft.ML.Data;

namespace PostPurchase.Recommend.MLNet.Storage;

/// <summary>
/// What the library's transformers share: rows are answered by ML.NET's own mappings, and what is saved is a chain of ML.NET's own
/// transformers, so that loading needs nothing but this assembly beside the application.
/// </summary>
/// <remarks>Immutable and safe to use from any number of threads, unlike a <c>PredictionEngine</c> made from it.</remarks>
public abstract class SavableTransformer : ITransformer
{
    private readonly Lazy<ITransformer> _answers;

    private protected SavableTransformer(MLContext mlContext)
    {
        Context = mlContext;
        _answers = new Lazy<ITransformer>(CreateAnswers);
    }

    /// <summary>Always: every row is answered on its own.</summary>
    public bool IsRowToRowMapper => true;

    private protected MLContext Context { get; }

    /// <summary>The schema of the answers to rows of the given schema.</summary>
    /// <param name="inputSchema">The schema of the rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    /// <exception cref="InvalidOperationException">A column is of another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _answers.Value.GetOutputSchema(inputSchema);

    /// <summary>Adds the columns of the answers. Lazy: rows are answered when they are read.</summary>
    /// <param name="input">The questions.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    /// <exception cref="InvalidOperationException">A column is of another type.</exception>
    public IDataView Transform(IDataView input) => _answers.Value.Transform(input);

    /// <summary>Answers single rows of the given schema, for <c>PredictionEngine</c>.</summary>
    /// <param name="inputSchema">The schema of the rows.</param>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _answers.Value.GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => CreateSaved().Save(ctx);

    private protected abstract ITransformer CreateAnswers();

    private protected abstract ITransformer CreateSaved();

    /// <summary>Chains: copies under reserved names, the model's text on every row, the mappings, and the reserved columns off again.</summary>
    private protected ITransformer Chain(
        IDataView rows, IReadOnlyList<(string Reserved, string Source)> copies, string modelText, IEstimator<ITransformer> mappings)
    {
        var transforms = Context.Transforms;
        IEstimator<ITransformer> chain = transforms.CopyColumns(copies[0].Reserved, copies[0].Source);
        foreach (var (reserved, source) in copies.Skip(1))
            chain = chain.Append(transforms.CopyColumns(reserved, source));
        KeyValuePair<int, string>[] table = [new(ModelKey.TheOne, modelText)];
        return chain
            .Append(transforms.CustomMapping<ModelKeySource, ModelKey>(ModelKeyFactory.Map, ModelKeyFactory.Contract))
            .Append(transforms.Conversion.MapValue(ReservedColumns.Model, table, ReservedColumns.Key))
            .Append(mappings)
            .Append(transforms.DropColumns([.. copies.Select(c => c.Reserved), ReservedColumns.Key, ReservedColumns.Model]))
            .Fit(rows);
    }
}
