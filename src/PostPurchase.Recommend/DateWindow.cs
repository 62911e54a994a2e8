namespace PostPurchase.Recommend;

/// <summary>A half-open range of days: <see cref="From"/> is inside, <see cref="Until"/> is the first day after it.</summary>
/// <remarks>Immutable; <c>default</c> is the empty window at day one of the calendar.</remarks>
public readonly record struct DateWindow
{
    /// <summary>Creates the window [<paramref name="from"/>, <paramref name="until"/>).</summary>
    /// <param name="from">The first day inside.</param>
    /// <param name="until">The first day after the window; equal to <paramref name="from"/> for an empty window.</param>
    /// <exception cref="ArgumentException"><paramref name="until"/> lies before <paramref name="from"/>.</exception>
    public DateWindow(DateOnly from, DateOnly until)
    {
        if (until < from)
            throw new ArgumentException($"The window ends on {until:O}, before it starts on {from:O}.", nameof(until));
        From = from;
        Until = until;
    }

    /// <summary>The first day inside the window.</summary>
    public DateOnly From { get; }

    /// <summary>The first day after the window.</summary>
    public DateOnly Until { get; }

    /// <summary>The number of days inside the window.</summary>
    public int Days => Until.DayNumber - From.DayNumber;

    /// <summary>The window of <paramref name="days"/> days that starts on <paramref name="from"/>.</summary>
    /// <param name="from">The first day inside.</param>
    /// <param name="days">The number of days; zero or more.</param>
    /// <exception cref="ArgumentException">The days are fewer than none, or reach beyond the end of the calendar.</exception>
    public static DateWindow Of(DateOnly from, int days) => new(from, from.AddDays(days));

    /// <summary>Whether the day lies inside the window.</summary>
    /// <param name="day">The day to test.</param>
    public bool Contains(DateOnly day) => day >= From && day < Until;

    /// <summary>The window as [from, until) in ISO dates.</summary>
    public override string ToString() => $"[{From:O}, {Until:O})";
}
