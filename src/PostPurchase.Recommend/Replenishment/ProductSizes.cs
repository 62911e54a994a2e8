using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// How much longer a product lasts than its category because more of it is bought at a time, in larger packs or more of them: an exponent
/// learned between the products of each category, since inside a pair the size of a pack never changes.
/// </summary>
internal sealed class ProductSizes
{
    // A ridge of a product twice as large as its category's usual: with little to learn from, size counts nothing.
    private static readonly double Ridge = Math.Log(2) * Math.Log(2);

    private readonly PurchaseColumns _columns;
    private readonly int[] _gaps;
    private readonly double[] _logQuantity;
    private readonly int[] _ended;
    private readonly double[] _logGap;
    private readonly double[] _usual;

    public ProductSizes(PurchaseColumns columns)
    {
        _columns = columns;
        var products = columns.HasCategories ? columns.Products.Count : 0;
        (_gaps, _logQuantity, _ended, _logGap) = (new int[products], new double[products], new int[products], new double[products]);
        _usual = new double[columns.Categories.Count];
    }

    /// <summary>The exponent of a product's usual quantity, over its category's, in the length of its gaps; from 0 to 1.</summary>
    public double Exponent { get; private set; }

    public void Add(int product, double logQuantity, double logGap, bool ended)
    {
        if (!_columns.HasCategories)
            return;
        _gaps[product]++;
        _logQuantity[product] += logQuantity;
        _ended[product] += ended ? 1 : 0;
        _logGap[product] += ended ? logGap : 0;
    }

    /// <summary>Learns the exponent from all that was added; products count by how well their mean gap is known.</summary>
    public void Learn(double priorGaps)
    {
        var (weight, size, gap) = (new double[_usual.Length], new double[_usual.Length], new double[_usual.Length]);
        for (var pass = 0; pass < 2; pass++)
        {
            var (cross, square) = (0.0, Ridge);
            for (var p = 0; p < _gaps.Length; p++)
            {
                var category = _columns.ProductCategory[p];
                if (category < 0 || _ended[p] == 0)
                    continue;
                var (w, s, g) = (_ended[p] / (_ended[p] + priorGaps), _logQuantity[p] / _gaps[p], _logGap[p] / _ended[p]);
                if (pass == 0)
                {
                    weight[category] += w;
                    size[category] += w * s;
                    gap[category] += w * g;
                    continue;
                }

                var larger = s - (size[category] / weight[category]);
                cross += w * larger * (g - (gap[category] / weight[category]));
                square += w * larger * larger;
            }

            Exponent = Math.Clamp(cross / square, 0, 1);
        }

        for (var c = 0; c < _usual.Length; c++)
            _usual[c] = weight[c] > 0 ? size[c] / weight[c] : 0;
    }

    /// <summary>What to add to the category's mean logarithm of a gap before the product's own gaps are looked at.</summary>
    public double Longer(int product) =>
        _gaps[product] == 0 ? 0 : Exponent * ((_logQuantity[product] / _gaps[product]) - _usual[_columns.ProductCategory[product]]);
}
