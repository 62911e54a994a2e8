using System.Globalization;

namespace PostPurchase.Recommend.Orders;

/// <summary>Reads ISO 8601 dates and date-times. The clock time is taken as written; an offset is not converted, since the shop's day is what counts.</summary>
internal static class TimestampText
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
    ];

    private static readonly string[] OffsetFormats =
    [
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd HH:mm:ssK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    public static bool TryParse(ReadOnlySpan<char> text, out DateTime timestamp)
    {
        text = text.Trim();
        if (TryParseCommon(text, out timestamp))
            return true;
        if (DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out timestamp))
            return true;
        if (!DateTimeOffset.TryParseExact(text, OffsetFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var withOffset))
            return false;
        timestamp = withOffset.DateTime;
        return true;
    }

    // Nearly every log has one of two shapes; reading them digit by digit is several times faster than by format.
    private static bool TryParseCommon(ReadOnlySpan<char> text, out DateTime timestamp)
    {
        timestamp = default;
        if (text.Length is not (10 or 19) || text[4] != '-' || text[7] != '-')
            return false;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        int hour = 0, minute = 0, second = 0;
        if (text.Length == 19
            && (text[10] is not ('T' or ' ') || text[13] != ':' || text[16] != ':'
                || !TryDigits(text[11..13], out hour) || !TryDigits(text[14..16], out minute) || !TryDigits(text[17..19], out second)
                || hour > 23 || minute > 59 || second > 59))
        {
            return false;
        }

        timestamp = new DateTime(year, month, day, hour, minute, second);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            value = (value * 10) + (c - '0');
        }

        return true;
    }
}
