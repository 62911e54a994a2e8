namespace PostPurchase.Recommend.Orders;

/// <summary>
/// What stands near one place of a customer's purchases, which are in order of days: the places from <see cref="First"/> are of days before,
/// those from <see cref="SameDay"/> of its own day, those from <see cref="After"/> until <see cref="End"/> of days after. Days are whole or left out:
/// within a day products are in order of their ids, and what they are called must decide nothing.
/// </summary>
internal readonly record struct NearbyDays(int First, int SameDay, int After, int End)
{
    /// <summary>The days within the horizon on either side, as many as hold no more than <paramref name="most"/> places together.</summary>
    public static NearbyDays Of(ReadOnlySpan<int> days, int place, int horizonDays, int most)
    {
        var day = days[place];
        var (sameDay, after) = (SortedSpan.FirstAtLeast(days, day), SortedSpan.FirstAtLeast(days, day + 1));
        var first = Math.Max(SortedSpan.FirstAtLeast(days, day - horizonDays), sameDay - most);
        while (first > 0 && first < sameDay && days[first] == days[first - 1])
            first++;
        var end = (int)Math.Min(SortedSpan.FirstAtLeast(days, day + horizonDays + 1), (long)after + most);
        while (end < days.Length && end > after && days[end] == days[end - 1])
            end--;
        return new NearbyDays(first, sameDay, after, end);
    }
}
