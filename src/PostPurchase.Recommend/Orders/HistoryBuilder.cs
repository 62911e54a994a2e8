namespace PostPurchase.Recommend.Orders;

/// <summary>Takes lines one by one, checks and interns them, and builds the history when all are in.</summary>
internal sealed class HistoryBuilder
{
    /// <summary>Beyond this a quantity or a price is an error of the log, and sums would lose their units.</summary>
    internal const double LargestNumber = 1e9;

    /// <summary>What is bought in a log that names no products.</summary>
    internal const string AnyProduct = "visit";

    private readonly IngestOptions _options;
    private readonly string _source;
    private readonly ProductFilter _excluded;
    private readonly List<int> _categoryOfProduct = [];
    private readonly List<double> _packSizeOfProduct = [];
    private readonly int _untilDay;

    public HistoryBuilder(IngestOptions options, string source)
    {
        _options = options;
        _source = source;
        _excluded = new ProductFilter(options.ExcludeProducts);
        ReturnsCancel = options.ReturnsCancel;
        _untilDay = options.Until?.DayNumber ?? int.MaxValue;
    }

    public IdPool Customers { get; } = new();

    public IdPool Products { get; } = new();

    public IdPool Categories { get; } = new();

    public LogLineList Lines { get; } = new();

    public RejectionLog Rejections { get; } = new();

    public long LinesRead { get; private set; }

    public IngestOptions Options => _options;

    /// <summary>Whether returns cancel: as the caller wishes, where they say what was returned.</summary>
    public bool ReturnsCancel { get; private set; }

    /// <summary>The category's number for every product's, as far as one was noted; -1 for none.</summary>
    public IReadOnlyList<int> CategoryOfProduct => _categoryOfProduct;

    /// <summary>Finds the columns of a log whose lines are going to be added.</summary>
    public OrderColumns ColumnsOf(IReadOnlyList<string> header, long lineNumber)
    {
        var columns = new OrderColumns(header, _options, _source, lineNumber);
        ReturnsCancel &= columns.Product >= 0;
        return columns;
    }

    /// <summary>Counts a line whose values could not be read, or stops, as the caller wishes.</summary>
    public void AddMalformed(long lineNumber, string reason)
    {
        LinesRead++;
        if (_options.MalformedLines == MalformedLines.Throw)
            throw new MalformedInputException(_source, lineNumber, reason);
        Rejections.Add(lineNumber, RejectionReason.Malformed, reason);
    }

    public void Add(in OrderLine line, long lineNumber) => Add(
        lineNumber, line.CustomerId, line.ProductId, line.PlacedAt, line.Quantity, line.PackSize, line.UnitPrice, line.OrderId, line.DeliveredAt, line.Category, line.Kind);

    public void Add(
        long lineNumber,
        ReadOnlySpan<char> customerId,
        ReadOnlySpan<char> productId,
        DateTime placedAt,
        double quantity,
        double? packSize,
        double? unitPrice,
        ReadOnlySpan<char> orderId,
        DateTime? deliveredAt,
        ReadOnlySpan<char> category,
        InteractionKind kind)
    {
        if (RejectsDay(lineNumber, placedAt))
            return;
        if (!(Math.Abs(quantity) <= LargestNumber))
        {
            AddMalformed(lineNumber, FormattableString.Invariant($"quantity {quantity} is no finite number of at most {LargestNumber:0}"));
            return;
        }

        if (packSize is { } size && !LogLine.IsPackSize(size))
        {
            AddMalformed(lineNumber, FormattableString.Invariant($"pack size {size} is no number from 0.000001 to {LargestNumber:0}"));
            return;
        }

        if (unitPrice is { } given && !(Math.Abs(given) <= LargestNumber))
        {
            AddMalformed(lineNumber, FormattableString.Invariant($"unit price {given} is no finite number of at most {LargestNumber:0}"));
            return;
        }

        if (kind is < InteractionKind.Purchase or > InteractionKind.WishList)
        {
            AddMalformed(lineNumber, FormattableString.Invariant($"event kind {(int)kind} is none"));
            return;
        }

        customerId = customerId.Trim();
        productId = productId.Trim();
        if (RejectionOf(customerId, productId, quantity, unitPrice, kind) is { } reason)
        {
            Reject(lineNumber, reason, reason == RejectionReason.GuestCheckout ? "no customer" : $"product '{productId}'");
            return;
        }

        category = category.Trim();
        var day = DateOnly.FromDateTime(placedAt).DayNumber;
        var line = new LogLine
        {
            Customer = Customers.Number(customerId),
            Product = Products.Number(productId),
            Day = day,
            LineNumber = LogLine.Shorten(lineNumber),
            Order = OrderHash.Of(orderId.Trim()),
            Quantity = (float)Math.Abs(quantity),
            UnitPrice = (float)Math.Abs(unitPrice ?? 0),
            DeliveredDay = deliveredAt is { } delivered ? Math.Max(day, DateOnly.FromDateTime(delivered).DayNumber) : 0,
        };
        line.Unpack(packSize ?? PackSizeOf(line.Product));
        line.SetKind(
            kind == InteractionKind.Purchase && quantity <= 0 ? InteractionKind.Return : kind,
            (int)(placedAt.TimeOfDay.Ticks / TimeSpan.TicksPerSecond));
        AddChecked(line, category.IsEmpty ? -1 : Categories.Number(category));
    }

    /// <summary>Adds a line that nothing is wrong with.</summary>
    public void AddChecked(in LogLine line, int category)
    {
        LinesRead++;
        if (category >= 0)
            NoteCategory(line.Product, category);
        Lines.Add(line);
    }

    /// <summary>Whether the day lies beyond those that are read; the line has been counted then.</summary>
    public bool RejectsDay(long lineNumber, DateTime placedAt)
    {
        if (DateOnly.FromDateTime(placedAt).DayNumber < _untilDay)
            return false;
        Reject(lineNumber, RejectionReason.OutsideRange, $"dated {placedAt:yyyy-MM-dd}");
        return true;
    }

    public void AddGuest(long lineNumber) => Reject(lineNumber, RejectionReason.GuestCheckout, "no customer");

    public bool Excludes(ReadOnlySpan<char> productId) => _excluded.Excludes(productId);

    /// <summary>Whether none of the values is a reason to reject a line.</summary>
    public bool IsUsual(int day, double quantity, double? unitPrice, InteractionKind kind) =>
        day < _untilDay && Math.Abs(quantity) <= LargestNumber && !(Math.Abs(unitPrice ?? 0) > LargestNumber) && !LacksPrice(quantity, unitPrice, kind);

    public PurchaseHistory Build() => new HistoryMerger(this).Merge();

    /// <summary>What a pack of the product holds by the catalogue; one where it says nothing.</summary>
    public double PackSizeOf(int product)
    {
        if (_options.Catalog is not { } catalog)
            return 1;
        while (_packSizeOfProduct.Count <= product)
            _packSizeOfProduct.Add(catalog.Find(Products[_packSizeOfProduct.Count])?.PackSize ?? 1);
        return _packSizeOfProduct[product];
    }

    private RejectionReason? RejectionOf(
        ReadOnlySpan<char> customerId, ReadOnlySpan<char> productId, double quantity, double? unitPrice, InteractionKind kind)
    {
        if (productId.IsEmpty)
            return RejectionReason.NoProduct;
        if (_excluded.Excludes(productId))
            return RejectionReason.ExcludedProduct;
        if (customerId.IsEmpty)
            return RejectionReason.GuestCheckout;
        return LacksPrice(quantity, unitPrice, kind) ? RejectionReason.NoPrice : null;
    }

    private bool LacksPrice(double quantity, double? unitPrice, InteractionKind kind) =>
        kind == InteractionKind.Purchase && quantity > 0 && unitPrice <= 0 && !_options.KeepFreeLines;

    private void Reject(long lineNumber, RejectionReason reason, string detail)
    {
        LinesRead++;
        Rejections.Add(lineNumber, reason, detail);
    }

    private void NoteCategory(int product, int number)
    {
        while (_categoryOfProduct.Count <= product)
            _categoryOfProduct.Add(-1);
        // Of two categories the ordinally first one counts, so that the order of the lines does not.
        var known = _categoryOfProduct[product];
        if (known < 0 || (known != number && string.CompareOrdinal(Categories[number], Categories[known]) < 0))
            _categoryOfProduct[product] = number;
    }
}
