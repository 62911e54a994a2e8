using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PostPurchase.Recommend.Tool.Tests;

/// <summary>The tables of options in the tool's README are those of the tool.</summary>
public sealed partial class CommandReferenceTests
{
    private static readonly string Readme = Repository.PathOf("src", "PostPurchase.Recommend.Tool", "README.md");

    [Fact]
    public void The_reference_lists_every_option_of_every_command()
    {
        var commands = CommandLine.Create(new ToolConsole(TextWriter.Null, TextWriter.Null, IsInteractive: false)).Subcommands;
        var text = File.ReadAllText(Readme).ReplaceLineEndings("\n");
        Assert.Equal(commands.Select(command => command.Name), Section().Matches(text).Select(match => match.Groups["command"].Value));
        var generated = Section().Replace(text, match =>
            $"<!-- options: {match.Groups["command"].Value} -->\n{Table(commands.Single(command => command.Name == match.Groups["command"].Value))}<!-- end -->");
        AcceptedText.Check(Readme, generated);
    }

    [Fact]
    public void The_reference_describes_every_command_under_its_own_heading()
    {
        var text = File.ReadAllText(Readme);
        foreach (var command in CommandLine.Create(new ToolConsole(TextWriter.Null, TextWriter.Null, IsInteractive: false)).Subcommands)
            Assert.Contains($"\n## {command.Name}\n", text, StringComparison.Ordinal);
    }

    private static string Table(Command command)
    {
        var table = new StringBuilder("| option | meaning | default |\n| --- | --- | --- |\n");
        foreach (var argument in command.Arguments)
            table.Append(CultureInfo.InvariantCulture, $"| `{argument.Name}` | {argument.Description} | |\n");
        foreach (var option in command.Options)
        {
            var value = option.HelpName is { } name ? $" {name}" : "";
            table.Append(CultureInfo.InvariantCulture, $"| `{option.Name}{value}` | {option.Description} | {Default(option)} |\n");
        }

        return table.ToString();
    }

    private static string Default(Option option) => option switch
    {
        { Required: true } => "required",
        { HasDefaultValue: true } when option.ValueType != typeof(bool) => option.GetDefaultValue() switch
        {
            int[] values => string.Join(',', values),
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            var other => other?.ToString() ?? "",
        },
        _ => "",
    };

    [GeneratedRegex("<!-- options: (?<command>[a-z]+) -->\n(?:\\|.*\n)*<!-- end -->")]
    private static partial Regex Section();
}
