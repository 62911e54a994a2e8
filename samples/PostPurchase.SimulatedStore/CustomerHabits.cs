namespace PostPurchase.Samples;

/// <summary>What stays the same through one customer's life; days count from the first day of the log.</summary>
internal sealed class CustomerHabits
{
    public CustomerHabits(SeededRandom random)
    {
        // Most customers were there before the log begins; the others join one after another.
        JoinedAt = random.Happens(0.7) ? -365 * random.NextDouble() : random.Exponential(300);
        var justTries = random.Happens(0.2);
        LapsesAt = JoinedAt + random.Exponential(justTries ? 45 : 1500);
        Pace = random.Factor(0.25);
        FavouriteWeekday = random.Happens(0.6) ? random.Next(7) : -1;
        UsualDeliveryDays = 1 + random.Next(4);
        Variety = random.Happens(0.7) ? 0 : 0.05 + (0.25 * random.NextDouble());
        GiftsPerYear = 4 * random.UnitGamma(0.8);
        StocksUpAheadDays = random.Next(10);
        Hour = 8 + random.Next(13);
    }

    public double JoinedAt { get; }

    /// <summary>The moment from which the customer never buys again.</summary>
    public double LapsesAt { get; }

    /// <summary>How slowly the household uses things up: 2 takes twice as long as a typical one.</summary>
    public double Pace { get; }

    /// <summary>The weekday (Sunday is 0) that purchases are moved to, or -1 without such a habit.</summary>
    public int FavouriteWeekday { get; }

    public int UsualDeliveryDays { get; }

    /// <summary>The chance that another brand is tried for once.</summary>
    public double Variety { get; }

    public double GiftsPerYear { get; }

    /// <summary>On a visit, whatever falls due within so many days is bought along.</summary>
    public int StocksUpAheadDays { get; }

    public int Hour { get; }
}
