using System.Globalization;
using PostPurchase.Recommend.Evaluation;
using Spectre.Console;

namespace PostPurchase.Recommend.Tool.Output;

/// <summary>An evaluation for people: one table for each set of questions, baselines above the library.</summary>
internal static class EvaluationText
{
    // Wide enough for any line where no terminal sets a width: a row that is wrapped is no row of a Markdown table.
    private const int RedirectedWidth = 10_000;

    public static void Write(TextWriter writer, EvaluationReport report, bool isInteractive)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!isInteractive)
            terminal.Profile.Width = RedirectedWidth;
        foreach (var table in report.Tables)
        {
            terminal.Write(Render(table));
            terminal.WriteLine();
        }
    }

    private static Table Render(EvaluationTable table)
    {
        var sizes = string.Join(", ", table.SampleSizes.Select(size => string.Create(CultureInfo.InvariantCulture, $"{size.Value:N0} {size.Key}")));
        var columns = table.Rows.SelectMany(row => row.Metrics.Select(metric => metric.Name)).Distinct().ToArray();
        var rendered = new Table { Border = TableBorder.Markdown }.AddColumn("method");
        foreach (var column in columns)
            rendered.AddColumn(new TableColumn(Markup.Escape(column)).RightAligned());
        foreach (var row in table.Rows)
        {
            var cells = columns.Select(column => row.Metrics.FirstOrDefault(metric => metric.Name == column) is { } metric ? Figure(metric) : "");
            rendered.AddRow([Markup.Escape(row.Method), .. cells]);
        }

        rendered.Title = new TableTitle(Markup.Escape($"{table.Title}: {sizes}"));
        return rendered;
    }

    private static string Figure(MetricValue metric)
    {
        var value = Math.Abs(metric.Value) >= 10 ? "F1" : "F4";
        var text = metric.Value.ToString(value, CultureInfo.InvariantCulture);
        // The widest end of the interval says all that a reader needs at a glance; the JSON has both.
        return metric is { Low: { } low, High: { } high }
            ? $"{text} ±{Math.Max(metric.Value - low, high - metric.Value).ToString(value, CultureInfo.InvariantCulture)}"
            : text;
    }
}
