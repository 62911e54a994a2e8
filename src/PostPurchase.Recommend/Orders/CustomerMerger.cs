using System.Runtime.InteropServices;

namespace PostPurchase.Recommend.Orders;

/// <summary>
/// Merges the lines of one customer after the other: drops exact duplicates, adds up the lines of a product and day, and lets returns
/// cancel the latest purchases before them. One instance serves one thread.
/// </summary>
internal sealed class CustomerMerger(LogLineList lines, bool returnsCancel)
{
    /// <summary>
    /// Quantities and what their packs hold are rounded to a float in turn, by 6e-8 each, so that what is bought and what is returned may be off by
    /// 1.2e-7 of either, and a sum or a difference of such numbers by twice as much of all that went into it.
    /// </summary>
    private const double Rounding = 3e-7;

    private readonly List<DayPurchase> _purchases = [];
    private readonly List<int> _returns = [];
    private readonly CustomerLines _own = new(lines);

    /// <summary>The rows of the customers merged since the last <see cref="Take"/>.</summary>
    private MergedRows _rows = new();

    /// <summary>Gives the rows away and starts with none.</summary>
    public MergedRows Take()
    {
        var rows = _rows;
        rows.Trim();
        _rows = new MergedRows();
        return rows;
    }

    /// <summary>Merges the lines that have these places in the list, all of one customer.</summary>
    public void Merge(ReadOnlySpan<int> places)
    {
        _own.SortByDay(places);
        _purchases.Clear();
        _returns.Clear();
        for (var i = 0; i < places.Length; i++)
        {
            ref readonly var line = ref _own[i];
            var isSameDay = i > 0 && _own.IsSameDay(i - 1, i);
            if (isSameDay && line.Repeats(_own[i - 1]))
            {
                _rows.Merged++;
                _rows.Duplicates++;
            }
            else if (line.Kind == InteractionKind.Purchase)
            {
                AddPurchase(line, isSameDay);
            }
            else if (line.IsReturn)
            {
                _returns.Add(i);
            }
            else if (_rows.AddInteraction(line, isSameDay && line.Kind == _own[i - 1].Kind))
            {
                _rows.Merged++;
            }
            else
            {
                _rows.Accepted++;
            }
        }

        if (_returns.Count > 0)
            TakeBackAll();
        foreach (ref readonly var purchase in CollectionsMarshal.AsSpan(_purchases))
        {
            if (purchase.Quantity > 0)
                _rows.Add(purchase);
        }

        _rows.EndCustomer();
    }

    // Purchases come first among the lines of a product and day, so the last purchase is of the same day if there is any.
    private void AddPurchase(in LogLine line, bool isSameDay)
    {
        if (isSameDay)
        {
            _rows.Merged++;
        }
        else
        {
            _purchases.Add(new DayPurchase { Day = line.Day, Product = line.Product });
            _rows.Accepted++;
        }

        CollectionsMarshal.AsSpan(_purchases)[^1].Add(line);
    }

    private void TakeBackAll()
    {
        var purchases = CollectionsMarshal.AsSpan(_purchases);
        var (keys, places) = (new ulong[purchases.Length], new int[purchases.Length]);
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = CustomerLines.Key(purchases[i].Product, purchases[i].Day);
            places[i] = i;
        }

        Array.Sort(keys, places);
        // Lines come in order of days, and returns of different products have nothing to do with each other.
        foreach (var i in _returns)
            TakeBack(_own[i], keys, places, purchases);
    }

    /// <summary>Takes the returned units off the latest purchases of the product up to that day.</summary>
    private void TakeBack(in LogLine line, ulong[] keys, int[] places, Span<DayPurchase> purchases)
    {
        var found = Array.BinarySearch(keys, CustomerLines.Key(line.Product, line.Day));
        // A cancellation line may carry no quantity; it then takes back one purchase whole.
        var left = line.Quantity > 0 ? line.Quantity : double.PositiveInfinity;
        var matched = false;
        for (var i = found >= 0 ? found : ~found - 1; i >= 0 && left > 0 && purchases[places[i]].Product == line.Product; i--)
        {
            ref var purchase = ref purchases[places[i]];
            if (purchase.Quantity <= 0)
                continue;
            matched = true;
            if (!returnsCancel)
                break;
            // 1.1 and 2.2 bought and 3.3 returned leave nothing, in whatever order they are added up.
            var taken = purchase.Quantity - left <= Rounding * (purchase.Bought + line.Quantity) ? purchase.Quantity : left;
            left = double.IsPositiveInfinity(left) || left - taken <= Rounding * (taken + line.Quantity) ? 0 : left - taken;
            purchase.Quantity -= taken;
            // No cut in time comes between a purchase and a return of its own day.
            if (purchase.Day < line.Day)
                _rows.TakenBack.Add(new TakenBack(line.Customer, line.Product, purchase.Day, line.Day, (float)taken, purchase.UnitPrice, purchase.DeliveredDay));
        }

        if (matched)
            _rows.Returned++;
        else
            _rows.UnmatchedReturns.Add(line.LineNumber);
    }
}
