using System.CommandLine.Parsing;
using System.Globalization;

namespace PostPurchase.Recommend.Tool.Input;

/// <summary>Dates as the command line takes them: ISO 8601, whatever the machine's culture.</summary>
internal static class DateText
{
    public static bool TryParse(ReadOnlySpan<char> text, out DateOnly date)
    {
        text = text.Trim();
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
            return true;
        // A date with a time counts as its day.
        if (text.Length > 10 && text[10] is 'T' or ' ' && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
        return false;
    }

    /// <summary>Parses the value of an option.</summary>
    public static DateOnly? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (TryParse(text, out var date))
            return date;
        result.AddError($"{OptionOf(result)}: '{text}' is no date; write it as 2026-03-31.");
        return null;
    }

    /// <summary>Parses the comma-separated value of an option.</summary>
    public static DateOnly[]? ParseList(ArgumentResult result)
    {
        List<DateOnly> dates = [];
        foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (!TryParse(text, out var date))
            {
                result.AddError($"{OptionOf(result)}: '{text}' is no date; write them as 2026-03-31,2026-06-30.");
                return null;
            }

            dates.Add(date);
        }

        return [.. dates.Distinct()];
    }

    private static string OptionOf(ArgumentResult result) => ((OptionResult)result.Parent!).Option.Name;
}
