namespace PostPurchase.Recommend.Ranking;

/// <summary>What one customer's baskets say about one product; baskets are counted from 0, the oldest.</summary>
internal struct OwnProduct
{
    public int Product;
    public int Count;
    public int FirstBasket;
    public int LastBasket;
    public int BeforeLastBasket;
    public int FirstDay;
    public int LastDay;

    /// <summary>The number of baskets in a row, up to the last one that held it.</summary>
    public int Streak;

    /// <summary>The summed logarithms of the days between purchases.</summary>
    public float LogGapSum;

    public float LastQuantity;

    /// <summary>The baskets of about a year before the day asked for.</summary>
    public int YearAgo;

    /// <summary>The baskets of the same day of the week as the day asked for.</summary>
    public int SameWeekday;

    /// <summary>The longest run of baskets between two purchases.</summary>
    public int LongestGap;

    public float BasketDecayFast;
    public float BasketDecay;
    public float BasketDecaySlow;
    public float BasketDecayLong;
    public float DayDecayFast;
    public float DayDecay;
    public float DayDecaySlow;
}
