using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// For every product, the products that the same customers' next basket held more often than other baskets do.
/// Repeats of the product itself are left out: they are a repeat rate, not a transition.
/// </summary>
internal sealed class BasketTransitions
{
    private const int Kept = 64;
    private const float PriorOccasions = 20;
    private readonly int[] _start;
    private readonly int[] _product;
    private readonly float[] _weight;

    private BasketTransitions(int[] start, int[] product, float[] weight)
    {
        _start = start;
        _product = product;
        _weight = weight;
    }

    public static BasketTransitions From(PurchaseColumns columns, TrainingRun run)
    {
        var products = columns.Products.Count;
        var baskets = BasketList.From(columns);
        var base0 = new float[products];
        foreach (var product in columns.Product)
            base0[product]++;
        for (var p = 0; p < products; p++)
            base0[p] /= Math.Max(1, baskets.Count);
        var found = new (int Product, float Weight)[products][];
        ParallelRows.For(products, 64, run, () => new ScoreBoard(products), (board, from, until) =>
        {
            for (var p = from; p < until; p++)
                found[p] = Next(columns, baskets, p, base0, board);
        });
        var start = new int[products + 1];
        for (var p = 0; p < products; p++)
            start[p + 1] = start[p] + found[p].Length;
        var product1 = new int[start[products]];
        var weight = new float[start[products]];
        for (var p = 0; p < products; p++)
        {
            for (var i = 0; i < found[p].Length; i++)
                (product1[start[p] + i], weight[start[p] + i]) = found[p][i];
        }

        return new BasketTransitions(start, product1, weight);
    }

    /// <summary>Adds the weights of what follows the product.</summary>
    public void Add(int product, float factor, ScoreBoard board)
    {
        for (var i = _start[product]; i < _start[product + 1]; i++)
            board.Add(_product[i], factor * _weight[i]);
    }

    /// <summary>
    /// For each of the products, each there once, the one the customer bought that speaks most for it, or -1. <paramref name="places"/> is working memory,
    /// one number a product of the catalogue, all zero before and after.
    /// </summary>
    public void StrongestSources(CustomerState state, ReadOnlySpan<int> products, Span<int> sources, int[] places)
    {
        Span<float> best = stackalloc float[Math.Min(products.Length, 32)];
        for (var from = 0; from < products.Length; from += best.Length)
        {
            var part = products.Slice(from, Math.Min(best.Length, products.Length - from));
            var found = sources.Slice(from, part.Length);
            found.Fill(-1);
            best.Clear();
            for (var i = 0; i < part.Length; i++)
                places[part[i]] = i + 1;
            foreach (ref readonly var own in state.Own)
            {
                for (var t = _start[own.Product]; t < _start[own.Product + 1]; t++)
                {
                    var place = places[_product[t]] - 1;
                    if (place < 0)
                        continue;
                    var weight = _weight[t] * own.BasketDecay;
                    if (weight > best[place] || (weight == best[place] && own.Product < found[place]))
                        (best[place], found[place]) = (weight, own.Product);
                }
            }

            foreach (var product in part)
                places[product] = 0;
        }
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteArray<int>(_start);
        writer.WriteArray<int>(_product);
        writer.WriteArray<float>(_weight);
    }

    public static BasketTransitions Read(SectionReader reader, int products)
    {
        var start = reader.ReadArray<int>(products + 1);
        var product = reader.ReadArray<int>();
        var weight = reader.ReadArray<float>(product.Length);
        if (start[0] != 0 || start[^1] != product.Length)
            throw reader.Damaged("the transitions do not fill their table");
        for (var p = 0; p < products; p++)
        {
            if (start[p + 1] < start[p])
                throw reader.Damaged($"the transitions of product {p} end before they start");
        }

        for (var i = 0; i < product.Length; i++)
        {
            if ((uint)product[i] >= (uint)products || !float.IsFinite(weight[i]))
                throw reader.Damaged($"a transition leads to product {product[i]} of {products}");
        }

        return new BasketTransitions(start, product, weight);
    }

    private static (int, float)[] Next(PurchaseColumns columns, BasketList baskets, int product, float[] share, ScoreBoard board)
    {
        var occasions = 0;
        foreach (var basket in baskets.Of(product))
        {
            var (from, until) = baskets.NextRows(basket);
            if (until == from)
                continue;
            occasions++;
            for (var row = from; row < until; row++)
            {
                if (columns.Product[row] != product)
                    board.Add(columns.Product[row], 1);
            }
        }

        List<(int Product, float Weight)> scored = [];
        foreach (var other in board.Touched)
        {
            var probability = (board[other] + (PriorOccasions * share[other])) / (occasions + PriorOccasions);
            if (board[other] > 1 && probability > share[other])
                scored.Add((other, probability - share[other]));
        }

        board.Clear();
        scored.Sort((a, b) => a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight) : a.Product.CompareTo(b.Product));
        if (scored.Count > Kept)
            scored.RemoveRange(Kept, scored.Count - Kept);
        return [.. scored];
    }
}
