using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;
using PostPurchase.Recommend.Factorization;
using LibMf = Microsoft.ML.Trainers.MatrixFactorizationTrainer;

namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>ML.NET's LIBMF in its one-class mode behind the library's own seam: the same factor model, scoring, saving and evaluation.</summary>
/// <remarks>
/// Holds options only and is safe to share between threads. LIBMF runs on one thread whatever the run says, since on several it gives
/// other factors every time and spins on a busy machine; it ignores the seed and how often a pair was bought. A run can be
/// cancelled before and after its native part only. The result depends on the machine's vector width.
/// </remarks>
public sealed class MatrixFactorizationTrainer : IFactorTrainer
{
    private readonly MatrixFactorizationOptions _options;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">What to learn; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidOptionsException">An option is out of range; the message lists every error.</exception>
    public MatrixFactorizationTrainer(MatrixFactorizationOptions? options = null)
    {
        _options = options ?? new MatrixFactorizationOptions();
        _options.Validate();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">LIBMF returned factors that are not finite.</exception>
    public FactorModel Train(InteractionMatrix interactions, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        run ??= new TrainingRun();
        run.Cancellation.ThrowIfCancellationRequested();
        run.Report("LIBMF", 0);
        var customers = new float[Length(interactions.CustomerCount)];
        var products = new float[Length(interactions.ProductCount)];
        // LIBMF refuses an empty matrix; nothing bought means nothing learned.
        if (interactions.PairCount > 0)
            Factorize(interactions, run, customers, products);
        run.Report("LIBMF", 1);
        return FactorModel.FromFactors(Weights, customers, products);
    }

    // Fold-in solves for a new customer with the weights that LIBMF had; it knew no counts and did not scale its regularisation.
    private FactorizationOptions Weights => new()
    {
        Factors = _options.Factors,
        Iterations = _options.Iterations,
        Regularization = _options.Regularization,
        RegularizationFrequencyExponent = 0,
        UnobservedWeight = _options.UnobservedWeight,
        ConfidencePerRepeat = 0,
        PopularityDamping = 0,
        ScorePopularityExponent = 0,
    };

    private void Factorize(InteractionMatrix interactions, TrainingRun run, float[] customers, float[] products)
    {
        var mlContext = new MLContext();
        var schema = SchemaDefinition.Create(typeof(Pair));
        // Keys sized by us: MapValueToKey would keep the first 1,000,000 only. Keys count from 1; ML.NET adds the 1 to ours itself.
        schema[nameof(Pair.Customer)].ColumnType = new KeyDataViewType(typeof(uint), interactions.CustomerCount);
        schema[nameof(Pair.Product)].ColumnType = new KeyDataViewType(typeof(uint), interactions.ProductCount);
        var trained = mlContext.Recommendation().Trainers.MatrixFactorization(new LibMf.Options
        {
            MatrixRowIndexColumnName = nameof(Pair.Customer),
            MatrixColumnIndexColumnName = nameof(Pair.Product),
            LabelColumnName = nameof(Pair.Label),
            LossFunction = LibMf.LossFunctionType.SquareLossOneClass,
            ApproximationRank = _options.Factors,
            NumberOfIterations = _options.Iterations,
            Lambda = _options.Regularization,
            Alpha = _options.UnobservedWeight,
            C = 0,
            // With one-class, true aborts the whole process.
            NonNegative = false,
            // Otherwise native code prints.
            Quiet = true,
            NumberOfThreads = 1,
        }).Fit(mlContext.Data.LoadFromEnumerable(Pairs(interactions, run.Cancellation), schema));
        run.Cancellation.ThrowIfCancellationRequested();
        Copy(trained.Model.LeftFactorMatrix, customers, interactions.ByCustomer.Start);
        Copy(trained.Model.RightFactorMatrix, products, interactions.ByProduct.Start);
    }

    private static IEnumerable<Pair> Pairs(InteractionMatrix interactions, CancellationToken cancellation)
    {
        // ML.NET reads a row before it asks for the next one, so one object does for all.
        var pair = new Pair { Label = 1 };
        for (var customer = 0; customer < interactions.CustomerCount; customer++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var entry = interactions.ByCustomer.Start[customer]; entry < interactions.ByCustomer.Start[customer + 1]; entry++)
            {
                pair.Customer = (uint)customer;
                pair.Product = (uint)interactions.ByCustomer.Column[entry];
                yield return pair;
            }
        }
    }

    /// <summary>Rows without purchases hold whatever LIBMF started from, or NaN: they stay zero, the vector of "nothing known".</summary>
    private void Copy(IReadOnlyList<float> factors, float[] to, int[] start)
    {
        for (var row = 0; row < start.Length - 1; row++)
        {
            if (start[row] == start[row + 1])
                continue;
            for (var i = row * _options.Factors; i < (row + 1) * _options.Factors; i++)
                to[i] = factors[i];
        }

        if (!TensorPrimitives.IsFiniteAll<float>(to))
            throw new InvalidOperationException("LIBMF returned factors that are not finite: raise Regularization or lower UnobservedWeight.");
    }

    private int Length(int rows) => checked(rows * _options.Factors);

    private sealed class Pair
    {
        public uint Customer { get; set; }

        public uint Product { get; set; }

        public float Label { get; set; }
    }
}
