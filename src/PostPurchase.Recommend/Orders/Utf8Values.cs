namespace PostPurchase.Recommend.Orders;

/// <summary>
/// Reads the usual shapes of dates and numbers from UTF-8 bytes. A value of any other shape is not refused but left to the readers of
/// text, which know all shapes and say what is wrong.
/// </summary>
internal static class Utf8Values
{
    /// <summary>The length of the longest timestamp that is read here.</summary>
    public const int LongestTimestamp = 19;

    // So many digits are exact in a double, and so is the power of ten: one division rounds correctly.
    private const int MostDigits = 15;
    private const int NoNumber = -1_000_000;

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads <c>yyyy-MM-dd</c>, alone or followed by <c>T</c> or a space and <c>HH:mm:ss</c>.</summary>
    /// <param name="text">The bytes.</param>
    /// <param name="day">The number of the day.</param>
    /// <param name="second">Seconds since midnight.</param>
    public static bool TryTimestamp(ReadOnlySpan<byte> text, out int day, out int second)
    {
        (day, second) = (0, 0);
        if (text.Length is not (10 or LongestTimestamp) || text[4] != '-' || text[7] != '-')
            return false;
        var (year, month, dayOfMonth) = ((Two(text) * 100) + Two(text[2..]), Two(text[5..]), Two(text[8..]));
        if (year < 1 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
            return false;
        day = new DateOnly(year, month, dayOfMonth).DayNumber;
        if (text.Length == 10)
            return true;
        if (text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':' || text[16] != ':')
            return false;
        var (hours, minutes, seconds) = (Two(text[11..]), Two(text[14..]), Two(text[17..]));
        second = (((hours * 60) + minutes) * 60) + seconds;
        return hours is >= 0 and < 24 && minutes is >= 0 and < 60 && seconds is >= 0 and < 60;
    }

    /// <summary>Reads digits with or without a sign and a point.</summary>
    /// <param name="text">The bytes.</param>
    /// <param name="value">The number, rounded as <see cref="double.Parse(string)"/> rounds.</param>
    public static bool TryNumber(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var isNegative = text.Length > 0 && text[0] == '-';
        var digits = isNegative ? text[1..] : text;
        var (whole, decimals, hasPoint) = (0L, 0, 0);
        foreach (var unit in digits)
        {
            if (unit == '.' && hasPoint == 0)
            {
                hasPoint = 1;
                continue;
            }

            if ((uint)(unit - '0') > 9)
                return false;
            whole = (whole * 10) + (unit - '0');
            decimals += hasPoint;
        }

        var count = digits.Length - hasPoint;
        if (count is 0 or > MostDigits)
            return false;
        value = whole / PowersOfTen[decimals];
        value = isNegative ? -value : value;
        return true;
    }

    private static int Two(ReadOnlySpan<byte> text)
    {
        var (tens, ones) = ((uint)(text[0] - '0'), (uint)(text[1] - '0'));
        return tens > 9 || ones > 9 ? NoNumber : (int)((tens * 10) + ones);
    }
}
