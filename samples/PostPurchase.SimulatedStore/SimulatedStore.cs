namespace PostPurchase.Samples;

/// <summary>
/// A store that never was: a seeded log of orders with known truth, for samples, tests and measurements. Households use
/// up toothbrush heads, blades, coffee and pet food at their own pace, buy knives and later sharpeners, give presents, try
/// other brands, buy double, get late deliveries, send things back and lapse.
/// </summary>
/// <remarks>
/// The same options give the same lines on every machine. Nothing is stored: every enumeration draws the lines anew, so a
/// log of any length takes memory for its customers at most. Immutable and safe to use from any number of threads.
/// </remarks>
public sealed class SimulatedStore
{
    private readonly Catalogue _catalogue;

    private SimulatedStore(SimulatedStoreOptions options)
    {
        Options = options;
        _catalogue = new Catalogue(options.Brands);
    }

    /// <summary>The size and the seed of the store.</summary>
    public SimulatedStoreOptions Options { get; }

    /// <summary>Every product that is sold.</summary>
    public IReadOnlyList<SimulatedProduct> Products => _catalogue.Products;

    /// <summary>The first day after the log: the day to ask questions for.</summary>
    public DateOnly AsOf => Options.FirstDay.AddDays(Options.Days);

    /// <summary>The log in order of time, as a shop's database would have it. Holds one small state a customer while it is enumerated.</summary>
    public IEnumerable<OrderLine> Lines => InOrderOfTime(0, Options.Days);

    /// <summary>The same log customer by customer, guests last. Holds one customer at a time, whatever the size.</summary>
    public IEnumerable<OrderLine> LinesByCustomer =>
        Lives().SelectMany(life => life.Lines(Options.Days)).Concat(Guests(0, Options.Days));

    /// <summary>What the same customers and guests buy in the held-out days after the log, in order of time.</summary>
    public IEnumerable<OrderLine> HeldOut => InOrderOfTime(Options.Days, Options.Days + Options.HeldOutDays);

    /// <summary>Customer by customer, what the log shows, what follows, and what is true. Drawn anew by every enumeration.</summary>
    public IEnumerable<SimulatedCustomer> Customers => Lives().Select(Describe);

    /// <summary>Opens the store.</summary>
    /// <param name="options">The size and the seed; <see langword="null"/> for the default store.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static SimulatedStore Create(SimulatedStoreOptions? options = null)
    {
        options ??= new SimulatedStoreOptions();
        options.Validate();
        return new SimulatedStore(options);
    }

    /// <summary>Writes the log in order of time as CSV with a header, gzipped when the path ends in .gz.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    public void WriteCsv(string path) => OrderLineCsv.Write(path, Lines);

    private IEnumerable<CustomerLife> Lives() =>
        Enumerable.Range(0, Options.Customers).Select(number => new CustomerLife(_catalogue, Options, number));

    private IEnumerable<OrderLine> Guests(int fromDay, int untilDay) => new GuestTraffic(_catalogue, Options).Lines(fromDay, untilDay);

    private IEnumerable<OrderLine> InOrderOfTime(int fromDay, int untilDay)
    {
        var from = Options.FirstDay.AddDays(fromDay).ToDateTime(TimeOnly.MinValue);
        var sources = Lives().Select(life => life.Lines(untilDay).SkipWhile(line => line.PlacedAt < from)).Append(Guests(fromDay, untilDay));
        PriorityQueue<IEnumerator<OrderLine>, (DateTime At, int Source)> next = new();
        var source = 0;
        foreach (var lines in sources)
        {
            var one = lines.GetEnumerator();
            if (one.MoveNext())
                next.Enqueue(one, (one.Current.PlacedAt, source));
            source++;
        }

        while (next.TryPeek(out var lines, out var key))
        {
            yield return lines.Current;
            if (lines.MoveNext())
                next.DequeueEnqueue(lines, (lines.Current.PlacedAt, key.Source));
            else
                next.Dequeue();
        }
    }

    private SimulatedCustomer Describe(CustomerLife life)
    {
        var end = AsOf.ToDateTime(TimeOnly.MinValue);
        List<OrderLine> seen = [];
        List<OrderLine> later = [];
        // A need that stops after the log has not stopped yet when it ends, so the needs are looked at in between.
        var stopped = new HashSet<Need>();
        foreach (var line in life.Lines(Options.Days + Options.HeldOutDays))
        {
            if (line.PlacedAt < end)
                seen.Add(line);
            else
                later.Add(line);
            if (later.Count == 0)
                stopped.UnionWith(life.Needs.Where(n => n.Stopped));
        }

        var lapsesOn = Options.FirstDay.AddDays((int)Math.Ceiling(life.Habits.LapsesAt));
        var pairs = life.Needs
            .Where(n => n.Family >= 0 && _catalogue.Family(n.Family).Use == ProductUse.Consumable)
            .Select(n => Truth(life, n, seen, later, stopped.Contains(n) || lapsesOn <= AsOf))
            .OfType<PairTruth>()
            .OrderBy(p => p.ProductId, StringComparer.Ordinal)
            .ToArray();
        return new SimulatedCustomer(life.Id, seen, later, lapsesOn, pairs);
    }

    private PairTruth? Truth(CustomerLife life, Need need, List<OrderLine> seen, List<OrderLine> later, bool stopped)
    {
        var product = Products[_catalogue.Product(need.Family, need.Brand)].Id;
        if (seen.FindLast(Bought) is not { ProductId: not null } last)
            return null;
        var next = later.Find(Bought);
        var ownBrand = (need.DaysPerUnit * need.UsualQuantity * CustomerLife.MeanStockUp) + CustomerLife.MeanLateDays;
        return new PairTruth(
            life.Id,
            product,
            ownBrand / (1 - life.Habits.Variety),
            need.DaysPerUnit,
            need.Regularity,
            DateOnly.FromDateTime(last.PlacedAt),
            next.ProductId is null ? null : DateOnly.FromDateTime(next.PlacedAt),
            stopped);

        bool Bought(OrderLine line) => line.ProductId == product && line.Quantity > 0;
    }
}
