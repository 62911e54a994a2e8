namespace PostPurchase.Recommend.Orders;

/// <summary>Counts equal interactions of a customer and day, and keeps them in order of day, product and kind.</summary>
internal sealed class InteractionMerger
{
    private readonly List<int> _start = [0];
    private readonly List<int> _day = [];
    private readonly List<int> _product = [];
    private readonly List<byte> _kind = [];
    private readonly List<int> _count = [];
    private readonly SortedDictionary<(int Day, int Product, byte Kind), int> _ofCustomer = [];

    public void StartCustomer() => _ofCustomer.Clear();

    /// <summary>Whether the interaction is the first of its kind for the customer, product and day.</summary>
    public bool Add(in LogLine line)
    {
        var key = (line.Day, line.Product, (byte)line.Kind);
        _ofCustomer.TryGetValue(key, out var count);
        _ofCustomer[key] = count + 1;
        return count == 0;
    }

    public void EndCustomer()
    {
        foreach (var ((day, product, kind), count) in _ofCustomer)
        {
            _day.Add(day);
            _product.Add(product);
            _kind.Add(kind);
            _count.Add(count);
        }

        _start.Add(_day.Count);
    }

    public InteractionColumns Build() => _day.Count == 0
        ? InteractionColumns.None
        : new InteractionColumns([.. _start], [.. _day], [.. _product], [.. _kind], [.. _count]);
}
