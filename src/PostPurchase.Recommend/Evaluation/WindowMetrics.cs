namespace PostPurchase.Recommend.Evaluation;

/// <summary>How good a predicted window of days is. Safe to call from any thread.</summary>
public static class WindowMetrics
{
    /// <summary>The share of days that fall inside their windows, from 0 to 1.</summary>
    /// <param name="windows">The predicted windows; at least one.</param>
    /// <param name="days">What happened, in the same order.</param>
    public static double Coverage(IReadOnlyList<DateWindow> windows, IReadOnlyList<DateOnly> days)
    {
        Check(windows, days);
        var inside = 0;
        for (var i = 0; i < windows.Count; i++)
        {
            if (windows[i].Contains(days[i]))
                inside++;
        }

        return (double)inside / windows.Count;
    }

    /// <summary>
    /// The interval score in days: the width of the window plus, for a day outside, 2 / (1 - level) times its distance
    /// (Gneiting and Raftery, JASA 2007, equation 43). Lower is better; narrow windows that miss cost more than wide ones.
    /// </summary>
    /// <param name="window">The predicted window; not empty.</param>
    /// <param name="day">What happened.</param>
    /// <param name="level">The share of days the window was meant to hold, above 0 and below 1.</param>
    public static double IntervalScore(DateWindow window, DateOnly day, double level)
    {
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level must lie above 0 and below 1.");
        // The last day inside is the upper end: the half-open end itself is already outside.
        var below = Math.Max(0, window.From.DayNumber - day.DayNumber);
        var above = Math.Max(0, day.DayNumber - (window.Until.DayNumber - 1));
        return window.Days + (2 / (1 - level) * (below + above));
    }

    private static void Check(IReadOnlyList<DateWindow> windows, IReadOnlyList<DateOnly> days)
    {
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(days);
        if (windows.Count != days.Count || windows.Count == 0)
            throw new ArgumentException($"{windows.Count} windows cannot be compared with {days.Count} days.", nameof(windows));
    }
}
