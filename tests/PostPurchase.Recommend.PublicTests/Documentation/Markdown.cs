using System.Text.RegularExpressions;

namespace PostPurchase.Recommend.PublicTests.Documentation;

/// <summary>A Markdown file: its snippets of C#, and its generated parts, which stand between two comments.</summary>
internal static partial class Markdown
{
    public static IReadOnlyList<string> Snippets(string text) => [.. Fence().Matches(text.ReplaceLineEndings("\n")).Select(m => m.Groups[1].Value)];

    /// <summary>The text with the part between the comments replaced.</summary>
    public static string Replace(string text, string opening, string closing, string generated)
    {
        var from = text.IndexOf(opening, StringComparison.Ordinal);
        var until = text.IndexOf(closing, StringComparison.Ordinal);
        return from >= 0 && until > from
            ? $"{text[..(from + opening.Length)]}\n\n{generated.Trim('\n')}\n\n{text[until..]}"
            : throw new InvalidOperationException($"No part from {opening} to {closing}.");
    }

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
