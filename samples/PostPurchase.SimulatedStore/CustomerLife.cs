namespace PostPurchase.Samples;

/// <summary>
/// One customer from the first purchase to the last, drawn event by event: what is used up falls due at gamma-distributed
/// gaps, weekday habits move it by up to three days, visits take along what is nearly due, late deliveries push the next gap back.
/// </summary>
internal sealed class CustomerLife
{
    /// <summary>The mean number of times the usual quantity that one purchase has: one in ten buys double.</summary>
    public const double MeanStockUp = 1.1;

    /// <summary>The mean number of days a delivery comes later than usual: one in ten is two to six days late.</summary>
    public const double MeanLateDays = 0.4;

    private const double StopChance = 0.015;
    private const double ReturnChance = 0.008;

    private readonly Catalogue _catalogue;
    private readonly DateOnly _firstDay;
    private readonly SeededRandom _random;
    private readonly List<Need> _needs = [];
    private readonly List<(int Day, int Product, double Quantity)> _returns = [];
    private readonly int _number;
    private int _orders;

    public CustomerLife(Catalogue catalogue, SimulatedStoreOptions options, int number)
    {
        _catalogue = catalogue;
        _firstDay = options.FirstDay;
        _number = number;
        _random = new SeededRandom(options.Seed, (ulong)number + 1);
        Id = $"K{number + 1:000000}";
        Habits = new CustomerHabits(_random);
        Settle();
    }

    public string Id { get; }

    public CustomerHabits Habits { get; }

    public IReadOnlyList<Need> Needs => _needs;

    /// <summary>The lines of days 0 to <paramref name="untilDay"/> - 1 in order of time; to be enumerated once.</summary>
    public IEnumerable<OrderLine> Lines(int untilDay)
    {
        var end = (int)Math.Min(untilDay, Math.Ceiling(Habits.LapsesAt));
        while (true)
        {
            var day = NextDay();
            if (day >= end)
                yield break;
            var basket = Visit(day);
            if (day < 0)
                continue;
            foreach (var line in basket)
                yield return line;
        }
    }

    private int NextDay()
    {
        var next = Need.Never;
        foreach (var need in _needs)
            next = Math.Min(next, need.Day);
        foreach (var (day, _, _) in _returns)
            next = Math.Min(next, day);
        return next;
    }

    private void Settle()
    {
        var families = 1 + (int)(7 * _random.UnitGamma(1.3));
        for (var i = 0; i < families; i++)
        {
            var family = _catalogue.DrawRegularFamily(_random);
            var at = i == 0 ? Habits.JoinedAt : Habits.JoinedAt + _random.Exponential(150);
            if (!_needs.Exists(n => n.Family == family))
                TakeUp(family, _catalogue.DrawBrand(_random), at);
        }

        while (_random.Happens(0.55))
            BuyToKeep(_catalogue.DrawLastingFamily(_random), _catalogue.DrawBrand(_random), Habits.JoinedAt + _random.Exponential(400));
        // Gifts are one need whose family is drawn anew every time.
        Add(new Need { Family = -1, Brand = 0, DaysPerUnit = 365 / Math.Max(0.1, Habits.GiftsPerYear), Regularity = 1 }, Habits.JoinedAt, first: true);
    }

    private void TakeUp(int family, int brand, double at)
    {
        var used = _catalogue.Family(family);
        var need = new Need
        {
            Family = family,
            Brand = brand,
            DaysPerUnit = used.DaysPerUnit * Habits.Pace * _random.Factor(0.15),
            Regularity = used.Regularity,
            UsualQuantity = _random.Happens(0.7) ? 1 : 2 + _random.Next(2),
        };
        if (_catalogue.Fitting[family] is >= 0 and var durable)
            BuyToKeep(durable, brand, at);
        // What fits a durable comes with it for a start, so the first refill is bought one gap later.
        Add(need, at, first: used.Fits is not null);
    }

    private void BuyToKeep(int family, int brand, double at)
    {
        if (_needs.Exists(n => n.Family == family))
            return;
        Add(new Need { Family = family, Brand = brand }, at, first: false);
        // A durable brings on the durables that go with it: the sharpener some weeks after the knife.
        for (var other = 0; other < _catalogue.FamilyCount; other++)
        {
            if (_catalogue.Fitting[other] == family && _catalogue.Family(other).Use == ProductUse.Durable && _random.Happens(0.4))
                Add(new Need { Family = other, Brand = brand }, at + 7 + (60 * _random.UnitGamma(3)), first: false);
        }
    }

    private void Add(Need need, double at, bool first)
    {
        need.DueAt = first ? at + (need.DaysPerUnit * _random.UnitGamma(need.Regularity)) : at;
        Schedule(need);
        _needs.Add(need);
    }

    private List<OrderLine> Visit(int day)
    {
        var order = $"{_number + 1}-{++_orders}";
        var placed = At(day, Habits.Hour, _random.Next(60));
        var late = _random.Happens(0.1) ? 2 + _random.Next(5) : 0;
        var delivered = At(day + Habits.UsualDeliveryDays + late, 12, 0);
        List<OrderLine> basket = [];
        foreach (var (_, product, quantity) in _returns.Where(r => r.Day == day))
            basket.Add(Line(product, -quantity) with { PlacedAt = placed, OrderId = "R" + order });
        _returns.RemoveAll(r => r.Day == day);
        // Needs that begin during the visit (a brand switched to) belong to later days.
        var present = _needs.Count;
        for (var i = 0; i < present; i++)
        {
            var need = _needs[i];
            if (!IsBought(need, day))
                continue;
            need.Day = day;
            var product = Choose(need);
            var quantity = need.DaysPerUnit > 0 && need.Family >= 0 && _random.Happens(MeanStockUp - 1)
                ? 2 * need.UsualQuantity
                : need.UsualQuantity;
            basket.Add(Line(product, quantity) with { PlacedAt = placed, DeliveredAt = delivered, OrderId = order });
            if (_random.Happens(ReturnChance))
                _returns.Add((day + Habits.UsualDeliveryDays + late + 1 + _random.Next(10), product, quantity));
            Renew(need, quantity, late);
        }

        return basket;
    }

    // What is bought along early keeps its exact due moment, so the next gap is longer and the mean stays true.
    private bool IsBought(Need need, int day) =>
        need.Day == day || (need.Regularity > 1 && need.LastDay < day && need.Day != Need.Never && need.Day <= day + Habits.StocksUpAheadDays);

    private int Choose(Need need)
    {
        if (need.Family < 0)
            return _catalogue.Product(_catalogue.DrawGiftFamily(_random), _catalogue.DrawBrand(_random));
        var brand = need.DaysPerUnit > 0 && _random.Happens(Habits.Variety) ? OtherBrand(need.Brand) : need.Brand;
        return _catalogue.Product(need.Family, brand);
    }

    private int OtherBrand(int brand)
    {
        var other = _catalogue.DrawBrand(_random);
        return other == brand ? (brand + 1) % _catalogue.Brands : other;
    }

    private void Renew(Need need, int quantity, int late)
    {
        need.LastDay = need.Day;
        if (need.DaysPerUnit == 0)
        {
            need.Day = Need.Never;
            return;
        }

        var gap = quantity * need.DaysPerUnit * _random.UnitGamma(quantity * need.Regularity);
        var next = need.DueAt + gap + (need.Family >= 0 ? late : 0);
        if (need.Family >= 0 && _random.Happens(StopChance))
        {
            need.Stopped = true;
            need.Day = Need.Never;
            if (_random.Happens(0.5))
                SwitchBrand(need, next);
            return;
        }

        need.DueAt = next;
        Schedule(need);
    }

    private void SwitchBrand(Need old, double at)
    {
        var brand = OtherBrand(old.Brand);
        if (_needs.Exists(n => n.Family == old.Family && n.Brand == brand))
            return;
        var need = new Need
        {
            Family = old.Family,
            Brand = brand,
            DaysPerUnit = old.DaysPerUnit,
            Regularity = old.Regularity,
            UsualQuantity = old.UsualQuantity,
            LastDay = old.Day == Need.Never ? old.LastDay : old.Day,
        };
        Add(need, at, first: false);
    }

    private void Schedule(Need need)
    {
        if (need.Family < 0)
            need.DueAt = Season.OfGifts(need.DueAt, _firstDay, _random);
        else if (_catalogue.Family(need.Family) is { Use: ProductUse.Seasonal } family)
            need.DueAt = Season.Of(family, need.DueAt, _firstDay, _random);
        var day = (int)Math.Floor(need.DueAt);
        if (Habits.FavouriteWeekday >= 0)
            day += Math.Clamp(DaysToFavourite(day), -3, 3);
        need.Day = need.LastDay == int.MinValue ? day : Math.Max(day, need.LastDay + 1);
    }

    private int DaysToFavourite(int day)
    {
        var ahead = (Habits.FavouriteWeekday - (int)_firstDay.AddDays(day).DayOfWeek + 7) % 7;
        return ahead > 3 ? ahead - 7 : ahead;
    }

    private DateTime At(int day, int hour, int minute) => _firstDay.AddDays(day).ToDateTime(new TimeOnly(hour, minute));

    private OrderLine Line(int product, double quantity)
    {
        var sold = _catalogue.Products[product];
        var price = _random.Happens(0.1) ? Math.Round(sold.Price * 0.85, 2) : sold.Price;
        return new OrderLine(Id, sold.Id, default) { Quantity = quantity, UnitPrice = price, Category = sold.Category };
    }
}
