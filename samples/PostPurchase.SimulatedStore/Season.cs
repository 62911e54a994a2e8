namespace PostPurchase.Samples;

/// <summary>Moves purchases into the season they belong to; moments are days since the first day of the log.</summary>
internal static class Season
{
    /// <summary>Outside its season a product waits for the next one, and is bought some days after it opens.</summary>
    public static double Of(ProductFamily family, double at, DateOnly firstDay, SeededRandom random)
    {
        var date = firstDay.AddDays((int)Math.Floor(at));
        if ((date.Month - family.SeasonStart + 12) % 12 < family.SeasonMonths)
            return at;
        var opens = new DateOnly(date.Year, family.SeasonStart, 1);
        if (opens < date)
            opens = opens.AddYears(1);
        return opens.DayNumber - firstDay.DayNumber + random.Exponential(15);
    }

    /// <summary>A third of the year's gifts move to the four weeks before Christmas.</summary>
    public static double OfGifts(double at, DateOnly firstDay, SeededRandom random)
    {
        if (!random.Happens(1.0 / 3))
            return at;
        var date = firstDay.AddDays((int)Math.Floor(at));
        var christmas = new DateOnly(date.Year, 12, 24);
        return Math.Max(at, christmas.DayNumber - firstDay.DayNumber - (28 * random.NextDouble()));
    }
}
