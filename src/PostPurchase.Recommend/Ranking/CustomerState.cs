using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// What one customer had bought before a day, summed up product by product: everything that ranking looks at of the
/// customer. Reused from request to request, so that a request allocates nothing.
/// </summary>
internal sealed class CustomerState
{
    // Decays of a basket by its age in baskets, and half-lives in days. They are a basis, not a choice: the trees learn
    // what to make of them.
    private const double FastBasketDecay = 0.5;
    private const double MiddleBasketDecay = 0.75;
    public const double SlowBasketDecay = 0.92;
    public const double LongBasketDecay = 0.98;
    private const int WeekDays = 7;
    private const int YearDays = 365;
    private const int SeasonDays = 35;
    private const double FastHalfLifeDays = 14;
    private const double MiddleHalfLifeDays = 60;
    private const double SlowHalfLifeDays = 240;

    private readonly int[] _slotOfProduct;
    private OwnProduct[] _own = new OwnProduct[256];
    private int[] _basketStart = new int[64];

    public CustomerState(int products)
    {
        Interactions = new InteractionState(products);
        _slotOfProduct = new int[products];
        Array.Fill(_slotOfProduct, -1);
    }

    public InteractionState Interactions { get; }

    public int AsOfDay { get; private set; }

    public int Baskets { get; private set; }

    /// <summary>The baskets of the same day of the week as the day asked for.</summary>
    public int SameWeekdayBaskets { get; private set; }

    public int Rows { get; private set; }

    public int OwnCount { get; private set; }

    public ReadOnlySpan<OwnProduct> Own => _own.AsSpan(0, OwnCount);

    public int FirstRow { get; private set; }

    public int FirstDay { get; private set; }

    public int LastDay { get; private set; }

    public int LastBasketSize { get; private set; }

    /// <summary>The share of the last basket's products that had been bought before it.</summary>
    public float LastRepeatShare { get; private set; }

    /// <summary>The share of all products of all baskets but the first that had been bought before.</summary>
    public float RepeatShare { get; private set; }

    /// <summary>The sum of <see cref="SlowBasketDecay"/> to the age of every basket: turns decayed counts into shares.</summary>
    public float SlowDecaySum { get; private set; }

    public float LongDecaySum { get; private set; }

    public float MiddleDecaySum { get; private set; }

    public float MeanPrice { get; private set; }

    /// <summary>The place of the product in <see cref="Own"/>, or -1.</summary>
    public int SlotOf(int product) => _slotOfProduct[product];

    public ReadOnlySpan<int> BasketStarts => _basketStart.AsSpan(0, Baskets + 1);

    public void Load(PurchaseColumns columns, int customer, int asOfDay)
    {
        for (var i = 0; i < OwnCount; i++)
            _slotOfProduct[_own[i].Product] = -1;
        OwnCount = 0;
        Baskets = 0;
        SameWeekdayBaskets = 0;
        AsOfDay = asOfDay;
        Interactions.Load(columns.Interactions, customer, asOfDay);
        FirstRow = customer < 0 ? 0 : columns.CustomerStart[customer];
        var end = customer < 0 ? 0 : columns.EndBefore(customer, asOfDay);
        Rows = end - FirstRow;
        if (Rows == 0)
            return;
        FindBaskets(columns, end);
        FirstDay = columns.Day[FirstRow];
        LastDay = columns.Day[end - 1];
        double slow = 0, middle = 0, longer = 0, price = 0;
        var (repeats, later, lastRepeats, priced) = (0, 0, 0, 0);
        for (var b = 0; b < Baskets; b++)
        {
            var age = Baskets - 1 - b;
            var days = asOfDay - columns.Day[_basketStart[b]];
            var weights = new BasketWeights(
                (float)Math.Pow(FastBasketDecay, age), (float)Math.Pow(MiddleBasketDecay, age), (float)Math.Pow(SlowBasketDecay, age),
                (float)Math.Pow(LongBasketDecay, age),
                (float)Math.Pow(0.5, days / FastHalfLifeDays), (float)Math.Pow(0.5, days / MiddleHalfLifeDays), (float)Math.Pow(0.5, days / SlowHalfLifeDays));
            longer += weights.Long;
            slow += weights.Slow;
            middle += weights.Middle;
            SameWeekdayBaskets += days % WeekDays == 0 ? 1 : 0;
            var size = _basketStart[b + 1] - _basketStart[b];
            var known = 0;
            for (var row = _basketStart[b]; row < _basketStart[b + 1]; row++)
            {
                if (Add(columns, row, b, weights))
                    known++;
                if (columns.HasPrices && columns.UnitPrice[row] > 0)
                {
                    price += Math.Log(columns.UnitPrice[row]);
                    priced++;
                }
            }

            if (b > 0)
            {
                repeats += known;
                later += size;
            }

            (LastBasketSize, lastRepeats) = (size, known);
        }

        LongDecaySum = (float)longer;
        SlowDecaySum = (float)slow;
        MiddleDecaySum = (float)middle;
        MeanPrice = priced > 0 ? (float)(price / priced) : float.NaN;
        RepeatShare = later > 0 ? (float)repeats / later : float.NaN;
        LastRepeatShare = Baskets > 1 ? (float)lastRepeats / LastBasketSize : float.NaN;
    }

    private void FindBaskets(PurchaseColumns columns, int end)
    {
        for (var row = FirstRow; row < end; row++)
        {
            if (row != FirstRow && columns.Day[row] == columns.Day[row - 1])
                continue;
            if (Baskets + 2 > _basketStart.Length)
                Array.Resize(ref _basketStart, _basketStart.Length * 2);
            _basketStart[Baskets++] = row;
        }

        _basketStart[Baskets] = end;
    }

    // True when the product had been bought before.
    private bool Add(PurchaseColumns columns, int row, int basket, in BasketWeights weights)
    {
        var product = columns.Product[row];
        var slot = _slotOfProduct[product];
        var known = slot >= 0;
        if (!known)
        {
            slot = OwnCount++;
            if (slot == _own.Length)
                Array.Resize(ref _own, _own.Length * 2);
            _slotOfProduct[product] = slot;
            _own[slot] = new OwnProduct { Product = product, FirstBasket = basket, FirstDay = columns.Day[row], LastBasket = -1 };
        }

        ref var own = ref _own[slot];
        own.Streak = known && own.LastBasket == basket - 1 ? own.Streak + 1 : 1;
        if (known)
        {
            own.LongestGap = Math.Max(own.LongestGap, basket - own.LastBasket);
            own.LogGapSum += MathF.Log(columns.Day[row] - own.LastDay);
        }

        own.Count++;
        own.BeforeLastBasket = own.LastBasket;
        own.LastBasket = basket;
        own.LastDay = columns.Day[row];
        own.LastQuantity = columns.Quantity[row];
        own.YearAgo += Math.Abs((long)AsOfDay - columns.Day[row] - YearDays) <= SeasonDays ? 1 : 0;
        own.SameWeekday += (AsOfDay - columns.Day[row]) % WeekDays == 0 ? 1 : 0;
        own.BasketDecayFast += weights.Fast;
        own.BasketDecay += weights.Middle;
        own.BasketDecaySlow += weights.Slow;
        own.BasketDecayLong += weights.Long;
        own.DayDecayFast += weights.DayFast;
        own.DayDecay += weights.DayMiddle;
        own.DayDecaySlow += weights.DaySlow;
        return known;
    }
}
