namespace PostPurchase.Recommend.Scoring.Kernels;

/// <summary>
/// The inner loops of scoring and of matrix factorisation. Lengths and strides are multiples of <see cref="Lanes"/>: matrices
/// are padded with zeros. All kernels return the same bits: the scalar one is the specification, the choice is speed alone.
/// </summary>
internal abstract class FloatKernel
{
    /// <summary>Floats worked on together; the padding of every row of a matrix.</summary>
    public const int Lanes = 16;

    public abstract string Name { get; }

    /// <summary>The length rounded up to whole lanes.</summary>
    public static int Padded(int length) => (length + Lanes - 1) / Lanes * Lanes;

    public abstract float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right);

    /// <summary>Adds <paramref name="factor"/> times the source.</summary>
    public abstract void AddScaled(Span<float> target, float factor, ReadOnlySpan<float> source);

    /// <summary>Replaces the product by -(product + factor x source).</summary>
    public abstract void NegateWithScaled(Span<float> product, float factor, ReadOnlySpan<float> source);

    /// <summary>Replaces the target by the source plus factor x target.</summary>
    public abstract void ScaleAndAdd(Span<float> target, float factor, ReadOnlySpan<float> source);

    /// <summary>Divides the residual by the diagonal plus the shift into <paramref name="scaled"/> and returns residual . scaled.</summary>
    public abstract float Precondition(ReadOnlySpan<float> residual, ReadOnlySpan<float> diagonal, float shift, Span<float> scaled);

    /// <summary>
    /// Adds to <paramref name="residual"/> the sum over the entries of weight x (target - x.p) x, where x is the entry's row of the
    /// matrix and p the point, and returns the sum of weight x (target - x.p)^2.
    /// </summary>
    /// <param name="matrix">The rows of the other side, each <paramref name="stride"/> long.</param>
    /// <param name="stride">The length of a row.</param>
    /// <param name="rows">The rows of the entries; those beyond the weights are read ahead and no more, since the caller asks for them next.</param>
    /// <param name="weights">The weight of every entry.</param>
    /// <param name="target">What x.p should be.</param>
    /// <param name="point">The point p.</param>
    /// <param name="residual">What is added to.</param>
    public abstract float AddResidual(
        ReadOnlySpan<float> matrix, int stride, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights,
        float target, ReadOnlySpan<float> point, Span<float> residual);

    /// <summary>Sets every row of the product to the row of the left side times the square matrix.</summary>
    public abstract void Multiply(ReadOnlySpan<float> left, int rows, ReadOnlySpan<float> square, int size, Span<float> product);

    /// <summary>Sets the upper triangle of the square matrix, in blocks, to the sum over the rows of the outer product of the row with itself.</summary>
    /// <param name="rows">The rows, each <paramref name="size"/> long.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="size">The length of a row and of the square.</param>
    /// <param name="square">The result.</param>
    public abstract void Gram(ReadOnlySpan<float> rows, int count, int size, Span<float> square);

    /// <summary>
    /// Offers every eligible item whose score can enter. A score is one chain of fused multiply-adds over the factors in order, the same
    /// for one customer and for many, with every kernel.
    /// </summary>
    public abstract void Scan(ItemPanels items, ReadOnlySpan<float> customer, ReadOnlySpan<ulong> eligible, ref BestItems best);

    /// <summary>The same for many customers, so that every panel is read once for all of them.</summary>
    /// <param name="items">The items.</param>
    /// <param name="customers">The customers' vectors, one after the other.</param>
    /// <param name="eligible">A mask of as many words as there are panels for every customer, or empty.</param>
    /// <param name="best">As many places for every customer.</param>
    /// <param name="found">The number of items in every customer's heap; starts at zero.</param>
    public abstract void ScanMany(
        ItemPanels items, ReadOnlySpan<float> customers, ReadOnlySpan<ulong> eligible, Span<ScoredItem> best, Span<int> found);
}
