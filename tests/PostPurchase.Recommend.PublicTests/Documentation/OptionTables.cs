using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PostPurchase.Recommend.PublicTests.Documentation;

/// <summary>Tables of every option, its default and what it is for, from the compiled library and its XML documentation.</summary>
internal sealed partial class OptionTables(Assembly library)
{
    private readonly Dictionary<string, XElement> _documented = XDocument.Load(Path.ChangeExtension(library.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(m => (string)m.Attribute("name")!);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var type in library.GetExportedTypes().Where(t => t.Name.EndsWith("Options", StringComparison.Ordinal) || t == typeof(TrainingRun)).OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            text.Append("### ").Append(type.Name).Append("\n\n| option | default | what it does |\n| --- | --- | --- |\n");
            var defaults = Activator.CreateInstance(type);
            foreach (var property in type.GetProperties().Where(p => p.SetMethod is not null).OrderBy(p => p.MetadataToken))
                text.Append(CultureInfo.InvariantCulture, $"| `{property.Name}` | {Default(property, defaults)} | {Summary(property)} |\n");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Default(PropertyInfo property, object? defaults)
    {
        if (property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)))
            return "required";
        // The one default that is a property of the machine, not of the library.
        if (property is { Name: nameof(TrainingRun.Threads), DeclaringType.Name: nameof(TrainingRun) })
            return "processors";
        return property.GetValue(defaults) switch
        {
            null => "none",
            CancellationToken => "none",
            string text => $"`{text}`",
            IEnumerable list => list.Cast<object>().Any() ? string.Join(", ", list.Cast<object>().Select(one => $"`{string.Create(CultureInfo.InvariantCulture, $"{one}")}`")) : "empty",
            bool flag => flag ? "`true`" : "`false`",
            var nested when nested.GetType().Name.EndsWith("Options", StringComparison.Ordinal) => "see below",
            var value => $"`{string.Create(CultureInfo.InvariantCulture, $"{value}")}`",
        };
    }

    private string Summary(PropertyInfo property)
    {
        var summary = _documented[$"P:{property.DeclaringType!.FullName}.{property.Name}"].Element("summary")!;
        foreach (var reference in summary.Descendants().Where(e => e.Attribute("cref") is not null || e.Attribute("langword") is not null).ToArray())
            reference.ReplaceWith($"`{((string?)reference.Attribute("langword") ?? (string)reference.Attribute("cref")!).Split('(')[0].Split('.', ':')[^1]}`");
        foreach (var code in summary.Descendants("c").ToArray())
            code.ReplaceWith($"`{code.Value}`");
        return Blank().Replace(summary.Value, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
