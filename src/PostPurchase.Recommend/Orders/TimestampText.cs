namespace PostPurchase.Recommend.Orders;

/// <summary>
/// Reads ISO 8601 dates and date-times, as databases and programs write them: 2024-05-02, 2024-05-02T13:05, 2024-05-02 13:05:59.123456789+02,
/// 2024-05-02 13:05:59 UTC. The clock time is taken as written; an offset is not converted, since the shop's day is what counts.
/// </summary>
internal static class TimestampText
{
    private const int DateLength = 10;
    private const int MinutesLength = 16;
    private const int SecondsLength = 19;

    // Offsets of the world's clocks.
    private const int MostOffsetHours = 14;

    // What a tick can tell; finer digits are left out.
    private const int MostFractionDigits = 7;

    public static bool TryParse(ReadOnlySpan<char> text, out DateTime timestamp)
    {
        text = text.Trim();
        if (!TryDate(text, out timestamp))
            return false;
        if (text.Length == DateLength)
            return true;
        if (text.Length < MinutesLength || text[DateLength] is not ('T' or ' ') || !TryWithoutOffset(ref text) || !TryClock(text, out var clock))
            return false;
        timestamp += clock;
        return true;
    }

    private static bool TryDate(ReadOnlySpan<char> text, out DateTime date)
    {
        date = default;
        if (text.Length < DateLength || text[4] != '-' || text[7] != '-')
            return false;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..DateLength], out var day))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new DateTime(year, month, day);
        return true;
    }

    private static bool TryClock(ReadOnlySpan<char> text, out TimeSpan clock)
    {
        clock = default;
        var (second, ticks) = (0, 0);
        if (text.Length < MinutesLength || text[13] != ':' || !TryDigits(text[11..13], out var hour) || !TryDigits(text[14..MinutesLength], out var minute))
            return false;
        if (text.Length > MinutesLength && (text.Length < SecondsLength || text[MinutesLength] != ':' || !TryDigits(text[17..SecondsLength], out second)))
            return false;
        if (text.Length > SecondsLength && (text[SecondsLength] != '.' || !TryFraction(text[(SecondsLength + 1)..], out ticks)))
            return false;
        if (hour > 23 || minute > 59 || second > 59)
            return false;
        clock = new TimeSpan(hour, minute, second) + new TimeSpan(ticks);
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<char> digits, out int ticks)
    {
        ticks = 0;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') || !TryDigits(digits[..Math.Min(MostFractionDigits, digits.Length)], out ticks))
            return false;
        for (var i = digits.Length; i < MostFractionDigits; i++)
            ticks *= 10;
        return true;
    }

    // Z, UTC, or a sign with hours and, where wanted, minutes: each after a space or none.
    private static bool TryWithoutOffset(ref ReadOnlySpan<char> text)
    {
        if (text[^1] == 'Z' || text.EndsWith("UTC", StringComparison.Ordinal))
        {
            text = text[..^(text[^1] == 'Z' ? 1 : 3)].TrimEnd(' ');
            return true;
        }

        var sign = text[MinutesLength..].LastIndexOfAny('+', '-');
        if (sign < 0)
            return true;
        var offset = text[(MinutesLength + sign + 1)..];
        text = text[..(MinutesLength + sign)].TrimEnd(' ');
        var minutes = 0;
        return offset.Length is 2 or 4 or 5
            && TryDigits(offset[..2], out var hours)
            && (offset.Length == 2 || (TryDigits(offset[^2..], out minutes) && (offset.Length == 4 || offset[2] == ':')))
            && minutes < 60 && (hours * 60) + minutes <= MostOffsetHours * 60;
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
