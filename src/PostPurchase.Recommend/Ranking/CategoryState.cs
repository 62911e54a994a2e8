using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>How much a customer buys of every category, or replenishment group where the catalogue names one, and when last. Reused from request to request.</summary>
internal sealed class CategoryState(int categories)
{
    private readonly ScoreBoard _shares = new(categories);
    private readonly int[] _lastDay = new int[categories];

    /// <summary>The categories the customer has bought of.</summary>
    public ReadOnlySpan<int> Touched => _shares.Touched;

    /// <summary>The share of the customer's purchases, recent ones counting most, that are of the category.</summary>
    public float Share(int category) => _shares[category];

    /// <summary>Days since the customer last bought of the category; NaN when never.</summary>
    public float DaysSince(int category, int day) => _shares[category] > 0 ? day - _lastDay[category] : float.NaN;

    public void Load(PurchaseColumns columns, CustomerState state)
    {
        _shares.Clear();
        if (!columns.HasFamilies)
            return;
        var total = 0f;
        foreach (ref readonly var own in state.Own)
        {
            total += own.BasketDecaySlow;
            var category = columns.ProductFamily[own.Product];
            if (category < 0)
                continue;
            _lastDay[category] = _shares[category] > 0 ? Math.Max(_lastDay[category], own.LastDay) : own.LastDay;
            _shares.Add(category, own.BasketDecaySlow);
        }

        _shares.Scale(1 / total);
    }
}
