using System.Runtime.CompilerServices;
using F = PostPurchase.Recommend.Ranking.RankingFeature;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// How popular products were as of one day: what all products of a request have in common, the baskets of each window of time, is
/// looked up once.
/// </summary>
internal readonly struct PopularityAsOf
{
    private const float LeastShare = 1e-4f;
    private const int WeekDays = 7;
    private const int MonthDays = 30;
    private const int QuarterDays = 91;
    private const int YearDays = 365;
    private const int SeasonBeforeDays = 7;
    private const int SeasonAfterDays = 21;
    private const int Days = 7;
    private readonly SalesCalendar _calendar;
    private readonly int _day;
    private readonly int _known;
    private readonly int _all;
    private readonly int _week;
    private readonly int _month;
    private readonly int _quarter;
    private readonly int _year;
    private readonly int _season;
    private readonly AskedDays _days;

    public PopularityAsOf(SalesCalendar calendar, int day)
    {
        (_calendar, _day) = (calendar, day);
        // A model that was trained last week knows of no sales since: the shop did not stop selling, so that its latest days are those the log ends with.
        var known = _known = calendar.HasDates ? Math.Min(day, calendar.EndDay) : day;
        _all = calendar.HasDates ? calendar.Baskets(int.MinValue, known) : calendar.Baskets(int.MinValue, int.MaxValue);
        _week = calendar.Baskets(known - WeekDays, known);
        _month = calendar.Baskets(known - MonthDays, known);
        _quarter = calendar.Baskets(known - QuarterDays, known);
        _year = calendar.Baskets(known - YearDays, known);
        _season = calendar.Baskets(SeasonStart(day), SeasonEnd(day));
        ReadOnlySpan<int> days = [known, known - WeekDays, known - MonthDays, known - QuarterDays, known - YearDays, SeasonEnd(day), SeasonStart(day)];
        days.CopyTo(_days);
    }

    public void Fill(int product, Span<float> row)
    {
        row = row[(int)F.Popularity_All..((int)F.Popularity_AgeDays + 1)];
        if (!_calendar.HasDates)
        {
            FillUndated(product, row);
            return;
        }

        var sales = _calendar.Days(product);
        Span<int> before = stackalloc int[Days];
        _calendar.Before(product, _days, before);
        var (sold, beforeWeek, beforeMonth, beforeQuarter, beforeYear) = (before[0], before[1], before[2], before[3], before[4]);
        var month = Share(sold - beforeMonth, _month);
        var quarter = Share(sold - beforeQuarter, _quarter);
        row[F.Popularity_All - F.Popularity_All] = Share(sold, _all);
        row[F.Popularity_Week - F.Popularity_All] = Share(sold - beforeWeek, _week);
        row[F.Popularity_Month - F.Popularity_All] = month;
        row[F.Popularity_Quarter - F.Popularity_All] = quarter;
        row[F.Popularity_Trend - F.Popularity_All] = (month + LeastShare) / (quarter + LeastShare);
        row[F.Popularity_Year - F.Popularity_All] = Share(sold - beforeYear, _year);
        row[F.Popularity_Season - F.Popularity_All] = Share(before[5] - before[6], _season);
        var silent = sold == 0 ? float.NaN : _known - sales[sold - 1];
        row[F.Popularity_DaysSinceSale - F.Popularity_All] = silent;
        // How many sales the silence since the last one would have held at the quarter's pace.
        row[F.Popularity_Silence - F.Popularity_All] = silent * (sold - beforeQuarter + 1f) / QuarterDays;
        row[F.Popularity_AgeDays - F.Popularity_All] = sold == 0 ? float.NaN : _day - sales[0];
    }

    // The latest baskets stand for the latest days.
    private void FillUndated(int product, Span<float> row)
    {
        row.Fill(float.NaN);
        var (latest, overall, quarter) = (_calendar.Latest, Share(_calendar.Sales(product), _all), _calendar.Latest.LastFourShare(product));
        row[F.Popularity_All - F.Popularity_All] = overall;
        row[F.Popularity_Week - F.Popularity_All] = latest.LastShare(product);
        row[F.Popularity_Month - F.Popularity_All] = latest.LastTwoShare(product);
        row[F.Popularity_Quarter - F.Popularity_All] = quarter;
        row[F.Popularity_Trend - F.Popularity_All] = (latest.LastShare(product) + LeastShare) / (quarter + LeastShare);
    }

    private static int SeasonStart(int day) => day - YearDays - SeasonBeforeDays;

    private static int SeasonEnd(int day) => day - YearDays + SeasonAfterDays;

    private static float Share(int sales, int baskets) => baskets == 0 ? float.NaN : (float)sales / baskets;

    [InlineArray(Days)]
    private struct AskedDays
    {
        private int _first;
    }
}
