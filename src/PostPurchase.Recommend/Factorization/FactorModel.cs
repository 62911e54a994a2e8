using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Scoring;
using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Factorization;

/// <summary>
/// A vector for every customer and every product; their product is high where the customer is likely to buy the product.
/// </summary>
/// <remarks>Immutable and safe to use from any number of threads.</remarks>
public sealed class FactorModel
{
    // A single precision residual does not shrink further than this; most customers need far fewer steps.
    internal const int FoldInSteps = 64;
    internal const double FoldInTolerance = 1e-11;

    // Fewer products fit into the caches as they are.
    private const int LeastQuantized = 10_000;

    private readonly FactorizationOptions _options;
    private readonly ProductWeights _weights;
    private readonly float[] _gram;
    private readonly FactorMatrix _learned;
    private readonly double[] _losses;
    private readonly Lazy<ItemPanels> _panels;

    // Its scratch space serves one fold-in at a time; there are as many as threads have met.
    private readonly ConcurrentBag<NormalEquations> _idle = [];
    private readonly Lazy<QuantizedItems> _quantized;

    internal FactorModel(
        FactorizationOptions options, FactorMatrix customers, FactorMatrix products, ProductWeights weights, float[] gram, double[] losses)
    {
        _options = options;
        Customers = customers;
        Products = products;
        _weights = weights;
        _gram = gram;
        _learned = products.First(options.Factors);
        _losses = losses;
        _panels = new Lazy<ItemPanels>(
            () => ItemPanels.Pack(products.Values, products.Rows, products.Stride, products.Factors, weights.Score));
        _quantized = new Lazy<QuantizedItems>(
            () => QuantizedItems.Pack(products.Values, products.Rows, products.Stride, products.Factors, weights.Score));
    }

    /// <summary>The length of every vector.</summary>
    public int Factors => Products.Factors;

    /// <summary>The number of customers.</summary>
    public int CustomerCount => Customers.Rows;

    /// <summary>The number of products.</summary>
    public int ProductCount => Products.Rows;

    /// <summary>The options that the model was trained with.</summary>
    public FactorizationOptions Options => _options;

    /// <summary>The loss after every iteration, regularisation included; empty when the trainer measures none.</summary>
    public IReadOnlyList<double> Losses => _losses;

    internal FactorMatrix Customers { get; }

    internal FactorMatrix Products { get; }

    /// <summary>The products' vectors packed for scanning, on first use.</summary>
    internal ItemPanels Panels => _panels.Value;

    /// <summary>Takes vectors that something else has trained.</summary>
    /// <param name="options">Gives the length of the vectors and the weights by which new customers are folded in.</param>
    /// <param name="customerFactors">The customers' vectors, one after the other.</param>
    /// <param name="productFactors">The products' vectors, one after the other.</param>
    /// <exception cref="InvalidOptionsException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">A length is no multiple of the number of factors, or a value is not finite.</exception>
    public static FactorModel FromFactors(
        FactorizationOptions options, ReadOnlySpan<float> customerFactors, ReadOnlySpan<float> productFactors)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options with { SpectralFactors = 0 };
        options.Validate();
        var products = FactorMatrix.From(productFactors, options.Factors);
        var gram = GramMatrix.Of(products, options.UnobservedWeight, [], new TrainingRun());
        return new FactorModel(
            options, FactorMatrix.From(customerFactors, options.Factors), products, ProductWeights.Uniform(products.Rows), gram, []);
    }

    /// <summary>The customer's vector.</summary>
    /// <param name="customer">From 0 to <see cref="CustomerCount"/> - 1.</param>
    public ReadOnlySpan<float> Customer(int customer) => Customers[customer][..Factors];

    /// <summary>The product's vector, as trained; <see cref="Score"/> also weighs the product's popularity.</summary>
    /// <param name="product">From 0 to <see cref="ProductCount"/> - 1.</param>
    public ReadOnlySpan<float> Product(int product) => Products[product][..Factors];

    /// <summary>How likely the customer is to buy the product, as a score that ranks: near 1 for sure, near 0 for unlikely.</summary>
    /// <param name="customerFactors">A customer's vector, from <see cref="Customer"/> or <see cref="FoldIn"/>.</param>
    /// <param name="product">From 0 to <see cref="ProductCount"/> - 1.</param>
    public float Score(ReadOnlySpan<float> customerFactors, int product)
    {
        var factors = Product(product);
        if (customerFactors.Length != factors.Length)
            throw new ArgumentException($"The vector holds {customerFactors.Length} factors where {factors.Length} belong.", nameof(customerFactors));
        // The same chain of roundings as in the scan of all products, so that both give the same score.
        var score = 0f;
        var scale = _weights.Score[product];
        for (var i = 0; i < factors.Length; i++)
            score = MathF.FusedMultiplyAdd(customerFactors[i], factors[i] * scale, score);
        return score;
    }

    /// <summary>The scores of many products, each the same as alone.</summary>
    internal void Scores(ReadOnlySpan<float> customerFactors, ReadOnlySpan<int> products, Span<float> scores)
    {
        var done = 0;
        // One score is a chain of steps that wait for each other: four of them take no longer.
        for (; done + 4 <= products.Length; done += 4)
        {
            var a = Product(products[done]);
            var b = Product(products[done + 1]);
            var c = Product(products[done + 2]);
            var d = Product(products[done + 3]);
            var scale = Vector128.Create(_weights.Score[products[done]], _weights.Score[products[done + 1]], _weights.Score[products[done + 2]], _weights.Score[products[done + 3]]);
            var sum = Vector128<float>.Zero;
            for (var i = 0; i < customerFactors.Length; i++)
                sum = Vector128.FusedMultiplyAdd(Vector128.Create(customerFactors[i]), Vector128.Create(a[i], b[i], c[i], d[i]) * scale, sum);
            sum.CopyTo(scores[done..]);
        }

        for (; done < products.Length; done++)
            scores[done] = Score(customerFactors, products[done]);
    }

    /// <summary>How alike two products are bought: the cosine of their vectors, from -1 to 1; 0 for a product without purchases.</summary>
    /// <param name="left">From 0 to <see cref="ProductCount"/> - 1.</param>
    /// <param name="right">From 0 to <see cref="ProductCount"/> - 1.</param>
    public double Similarity(int left, int right)
    {
        var a = Product(left);
        var b = Product(right);
        double dot = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            dot += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
        }

        return aa > 0 && bb > 0 ? Math.Clamp(dot / Math.Sqrt(aa * bb), -1, 1) : 0;
    }

    /// <summary>
    /// The vector of a customer who was not there in training, from what the customer bought: the same equations that training
    /// solves last, so a customer of the training data gets the trained vector.
    /// </summary>
    /// <param name="products">The products bought, in any order, each from 0 to <see cref="ProductCount"/> - 1.</param>
    /// <param name="counts">How often each was bought, positive; empty for once each.</param>
    /// <param name="destination">Receives <see cref="Factors"/> values; all zero when nothing was bought.</param>
    /// <exception cref="ArgumentException">A length does not fit, a product is unknown, or a count is not positive and finite.</exception>
    public void FoldIn(ReadOnlySpan<int> products, ReadOnlySpan<float> counts, Span<float> destination)
    {
        if (destination.Length != Factors)
            throw new ArgumentException($"The destination holds {destination.Length} values where {Factors} belong.", nameof(destination));
        // The entries are this call's own, so their values become weights in place.
        var bought = SparseRows.FromTriples(1, ProductCount, new int[products.Length], products, counts);
        foreach (ref var value in bought.Value.AsSpan())
            value = _options.Confidence(value);
        if (_weights.Projection.Length > 0)
            Project(bought.Column, bought.Value, destination);
        for (var i = 0; i < bought.Entries; i++)
            bought.Value[i] *= _weights.Purchase[bought.Column[i]];
        if (!_idle.TryTake(out var equations))
            equations = new NormalEquations(_learned, _gram, 1);
        var vector = new float[_learned.Stride];
        Span<double> loss = stackalloc double[1];
        equations.Solve(
            bought, 0, vector, [_options.RowRegularization(bought.Sum(0), _options.UnobservedWeight * ProductCount)],
            FoldInSteps, FoldInTolerance, loss);
        _idle.Add(equations);
        vector.AsSpan(0, _learned.Factors).CopyTo(destination);
    }

    /// <summary>Sets the spectral factors of a customer to the weighted sum of those of the products bought.</summary>
    internal void Project(ReadOnlySpan<int> products, ReadOnlySpan<float> confidences, Span<float> customer)
    {
        var sum = customer[_learned.Factors..Factors];
        sum.Clear();
        for (var i = 0; i < products.Length; i++)
        {
            TensorPrimitives.FusedMultiplyAdd(
                Product(products[i])[_learned.Factors..], confidences[i] * _weights.Projection[products[i]], sum, sum);
        }
    }

    /// <summary>The products with the highest scores for a customer's vector; see <see cref="TopItems.Find(ItemPanels, ReadOnlySpan{float}, ReadOnlySpan{ulong}, Span{ScoredItem})"/>.</summary>
    internal int Top(ReadOnlySpan<float> customerFactors, ReadOnlySpan<ulong> eligible, Span<ScoredItem> best)
    {
        var mostExact = QuantizedScan.MostExact(ProductCount, best.Length);
        if (!QuantizedScan.IsAccelerated || ProductCount < LeastQuantized || mostExact == 0 || !customerFactors.ContainsAnyExcept(0f))
            return TopItems.Find(Panels, customerFactors, eligible, best);
        var found = QuantizedScan.TryFind(_quantized.Value, customerFactors, eligible, best, mostExact);
        return found >= 0 ? found : TopItems.Find(Panels, customerFactors, eligible, best);
    }

    internal void Write(SectionWriter writer)
    {
        writer.Write(_options.Factors);
        writer.Write(_options.Iterations);
        writer.Write(_options.Regularization);
        writer.Write(_options.RegularizationFrequencyExponent);
        writer.Write(_options.UnobservedWeight);
        writer.Write(_options.ConfidencePerRepeat);
        writer.Write(_options.PopularityDamping);
        writer.Write(_options.ScorePopularityExponent);
        writer.Write(_options.SpectralFactors);
        writer.Write(_options.SpectralWeight);
        Customers.Write(writer);
        Products.Write(writer);
        writer.WriteArray<float>(_weights.Purchase);
        writer.WriteArray<float>(_weights.Absence);
        writer.WriteArray<float>(_weights.Score);
        writer.WriteArray<float>(_weights.Projection);
        writer.WriteArray<float>(_gram);
        writer.WriteArray<double>(_losses);
    }

    internal static FactorModel Read(SectionReader reader)
    {
        var options = new FactorizationOptions
        {
            Factors = reader.ReadInt32(),
            Iterations = reader.ReadInt32(),
            Regularization = reader.ReadDouble(),
            RegularizationFrequencyExponent = reader.ReadDouble(),
            UnobservedWeight = reader.ReadDouble(),
            ConfidencePerRepeat = reader.ReadDouble(),
            PopularityDamping = reader.ReadDouble(),
            ScorePopularityExponent = reader.ReadDouble(),
            SpectralFactors = reader.ReadInt32(),
            SpectralWeight = reader.ReadDouble(),
        };
        try
        {
            options.Validate();
        }
        catch (InvalidOptionsException cause)
        {
            throw reader.Damaged(cause.Message);
        }

        var customers = FactorMatrix.Read(reader, options.AllFactors);
        var products = FactorMatrix.Read(reader, options.AllFactors);
        var weights = new ProductWeights(
            reader.ReadArray<float>(products.Rows), reader.ReadArray<float>(products.Rows), reader.ReadArray<float>(products.Rows))
        {
            Projection = reader.ReadArray<float>(options.SpectralFactors > 0 ? products.Rows : 0),
        };
        var learned = FloatKernel.Padded(options.Factors);
        return new FactorModel(options, customers, products, weights, reader.ReadArray<float>(learned * learned), reader.ReadArray<double>());
    }
}
