namespace PostPurchase.Recommend.Orders;

/// <summary>
/// Turns checked lines into the columns of a history: sorts, drops exact duplicates, merges the lines of a day, lets
/// returns cancel the latest purchases before them, and leaves out ids that end up with nothing.
/// </summary>
internal sealed class HistoryMerger(HistoryBuilder builder)
{
    private readonly LogLineList _lines = builder.Lines;
    private readonly List<int> _day = [];
    private readonly List<int> _product = [];
    private readonly List<float> _quantity = [];
    private readonly List<float> _price = [];
    private readonly List<int> _delivered = [];
    private readonly InteractionMerger _interactions = new();
    private readonly List<DayPurchase> _ofCustomer = [];
    private long _accepted;
    private long _merged;
    private long _duplicates;
    private long _returned;

    public PurchaseHistory Merge()
    {
        var (customerIds, customerPlace) = builder.Customers.Sort();
        var (productIds, productPlace) = builder.Products.Sort();
        for (var i = 0; i < _lines.Count; i++)
        {
            ref var line = ref _lines[i];
            line.Customer = customerPlace[line.Customer];
            line.Product = productPlace[line.Product];
        }

        var (order, lineStart) = GroupByCustomer(customerIds.Length);
        var byProduct = new LogLineOrder(_lines);
        var rowStart = new int[customerIds.Length + 1];
        for (var c = 0; c < customerIds.Length; c++)
        {
            var own = order.AsSpan(lineStart[c], lineStart[c + 1] - lineStart[c]);
            own.Sort(byProduct);
            MergeCustomer(own);
            rowStart[c + 1] = _day.Count;
        }

        var columns = new IdTrimmer(customerIds, productIds).Trim(
            rowStart, [.. _day], [.. _product], [.. _quantity], Used(_price), Used(_delivered),
            _interactions.Build(), Categories(productPlace, productIds), builder);
        return new PurchaseHistory(columns, Report());
    }

    private static T[] Used<T>(List<T> column)
        where T : IEquatable<T> => column.Exists(v => !v.Equals(default)) ? [.. column] : [];

    private (int[] Order, int[] Start) GroupByCustomer(int customers)
    {
        var start = new int[customers + 1];
        for (var i = 0; i < _lines.Count; i++)
            start[_lines[i].Customer + 1]++;
        for (var c = 0; c < customers; c++)
            start[c + 1] += start[c];
        var next = start.AsSpan(0, customers).ToArray();
        var order = new int[_lines.Count];
        for (var i = 0; i < order.Length; i++)
            order[next[_lines[i].Customer]++] = i;
        return (order, start);
    }

    private void MergeCustomer(ReadOnlySpan<int> lines)
    {
        _ofCustomer.Clear();
        _interactions.StartCustomer();
        var firstOfProduct = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            ref readonly var line = ref _lines[lines[i]];
            if (i > 0 && _lines[lines[i - 1]].Product != line.Product)
                firstOfProduct = _ofCustomer.Count;
            if (i > 0 && IsRepeat(line, _lines[lines[i - 1]]))
            {
                _merged++;
                _duplicates++;
            }
            else if (line.Kind == InteractionKind.Purchase)
            {
                AddPurchase(line, firstOfProduct);
            }
            else if (line.IsReturn)
            {
                TakeBack(line, firstOfProduct);
            }
            else if (_interactions.Add(line))
            {
                _accepted++;
            }
            else
            {
                _merged++;
            }
        }

        _interactions.EndCustomer();
        _ofCustomer.RemoveAll(static p => p.Quantity <= 0);
        _ofCustomer.Sort(static (a, b) => a.Day != b.Day ? a.Day.CompareTo(b.Day) : a.Product.CompareTo(b.Product));
        foreach (var purchase in _ofCustomer)
        {
            _day.Add(purchase.Day);
            _product.Add(purchase.Product);
            _quantity.Add((float)purchase.Quantity);
            _price.Add(purchase.PricedQuantity > 0 ? (float)(purchase.Spent / purchase.PricedQuantity) : 0);
            _delivered.Add(purchase.DeliveredDay);
        }
    }

    private static bool IsRepeat(in LogLine line, in LogLine before) =>
        line.Product == before.Product && line.Day == before.Day && line.Kind == before.Kind && line.Repeats(before);

    private void AddPurchase(in LogLine line, int firstOfProduct)
    {
        DayPurchase purchase;
        if (_ofCustomer.Count > firstOfProduct && _ofCustomer[^1].Day == line.Day)
        {
            purchase = _ofCustomer[^1];
            _ofCustomer.RemoveAt(_ofCustomer.Count - 1);
            _merged++;
        }
        else
        {
            purchase = new DayPurchase { Day = line.Day, Product = line.Product };
            _accepted++;
        }

        purchase.Quantity += line.Quantity;
        if (line.UnitPrice > 0)
        {
            purchase.PricedQuantity += line.Quantity;
            purchase.Spent += (double)line.Quantity * line.UnitPrice;
        }

        if (line.DeliveredDay > 0)
            purchase.DeliveredDay = purchase.DeliveredDay == 0 ? line.DeliveredDay : Math.Min(purchase.DeliveredDay, line.DeliveredDay);
        _ofCustomer.Add(purchase);
    }

    /// <summary>Takes the returned units off the latest purchases of the product before it.</summary>
    private void TakeBack(in LogLine line, int firstOfProduct)
    {
        // A cancellation line may carry no quantity; it then takes back one purchase whole.
        var left = line.Quantity > 0 ? line.Quantity : double.PositiveInfinity;
        var matched = false;
        for (var i = _ofCustomer.Count - 1; i >= firstOfProduct && left > 0; i--)
        {
            var purchase = _ofCustomer[i];
            if (purchase.Quantity <= 0)
                continue;
            matched = true;
            if (!builder.Options.ReturnsCancel)
                break;
            var taken = Math.Min(left, purchase.Quantity);
            left = double.IsPositiveInfinity(left) ? 0 : left - taken;
            purchase.Quantity -= taken;
            _ofCustomer[i] = purchase;
        }

        if (matched)
            _returned++;
        else
            builder.Rejections.Add(line.LineNumber, RejectionReason.UnmatchedReturn, "no earlier purchase of the product by the customer");
    }

    private int[] Categories(int[] productPlace, string[] productIds)
    {
        var category = new int[productIds.Length];
        Array.Fill(category, -1);
        foreach (var (product, number) in builder.CategoryOfProduct)
            category[productPlace[product]] = number;
        if (builder.Options.Catalog is { } catalog)
        {
            // What the shop's catalogue says goes before what single lines said.
            for (var p = 0; p < productIds.Length; p++)
            {
                if (catalog.Find(productIds[p])?.Category is { Length: > 0 } name)
                    category[p] = builder.Categories.Number(name);
            }
        }

        return category;
    }

    private IngestReport Report() => new()
    {
        LinesRead = builder.LinesRead,
        Accepted = _accepted,
        Merged = _merged,
        ExactDuplicates = _duplicates,
        Returned = _returned,
        RejectedByReason = builder.Rejections.Counts(),
        RejectedSamples = builder.Rejections.Samples(),
    };

    private struct DayPurchase
    {
        public int Day;
        public int Product;
        public double Quantity;
        public double PricedQuantity;
        public double Spent;
        public int DeliveredDay;
    }
}
