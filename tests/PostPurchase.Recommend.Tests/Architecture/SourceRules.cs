using System.Text.RegularExpressions;

namespace PostPurchase.Recommend.Tests.Architecture;

/// <summary>What the folder listing may look like: it is the table of contents.</summary>
internal static partial class SourceRules
{
    private const int MostLines = 400;
    private const int MostLinesOfMedian = 100;

    private static readonly string[] _banned = ["Utils", "Utilities", "Helpers", "Common", "Managers", "Models", "Misc", "Shared"];

    /// <summary>Every broken rule of a directory of C# files; build output is passed over.</summary>
    public static IReadOnlyList<string> Violations(string directory)
    {
        var files = Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal)
            .ToArray();
        var lengths = files.Select(f => File.ReadLines(f).Count()).ToArray();
        List<string> violations = [];
        for (var i = 0; i < files.Length; i++)
        {
            var name = Path.GetRelativePath(directory, files[i]);
            if (lengths[i] > MostLines)
                violations.Add($"{name} has {lengths[i]} lines, more than {MostLines}");
            violations.AddRange(name.Split(Path.DirectorySeparatorChar)
                .Where(part => _banned.Contains(Path.GetFileNameWithoutExtension(part), StringComparer.OrdinalIgnoreCase))
                .Select(part => $"{name}: {part} says nothing of the domain"));
            var text = File.ReadAllText(files[i]);
            violations.AddRange(TypesOf(name, text));
            // Without it nobody can put a new file in the place of one that is being read, on Windows, where tests seldom run.
            if (ReadingAlone().IsMatch(text))
                violations.Add($"{name} opens a file for reading without FileShare.Delete");
        }

        var median = lengths.Order().ElementAt(lengths.Length / 2);
        if (median > MostLinesOfMedian)
            violations.Add($"the median file has {median} lines, more than {MostLinesOfMedian}");
        return violations;
    }

    // With file-scoped namespaces and a checked format, top-level declarations are those without indentation.
    private static IEnumerable<string> TypesOf(string name, string text)
    {
        var stem = Path.GetFileName(name).Split('.')[0];
        if (stem == "Program")
            yield break;
        var types = Declaration().Matches(text).Select(m => m.Groups["name"].Value).Distinct().ToArray();
        if (types.Length != 1)
            yield return $"{name} declares {types.Length} types: {string.Join(", ", types)}";
        else if (types[0] != stem)
            yield return $"{name} declares {types[0]}";
    }

    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe|record)\s+)*(?:class|struct|interface|enum|record|delegate\s+\S+)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"FileAccess\.Read\b(?!, FileShare\.Read \| FileShare\.Delete\b)|\bFile\.OpenRead\b|\bFile\.OpenText\b")]
    private static partial Regex ReadingAlone();
}
