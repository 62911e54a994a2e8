using PostPurchase.Recommend.Evaluation;
using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Tests;

public sealed class EvaluationTextTests
{
    [Fact]
    public void Every_row_of_a_redirected_table_is_one_line()
    {
        var metrics = Enumerable.Range(0, 12).Select(i => new MetricValue($"metric number {i}", i / 10.0, (i - 1) / 10.0, (i + 1) / 10.0, 5)).ToArray();
        string[] methods = ["most popular", "a method whose name says at length " + string.Join(", ", Enumerable.Range(0, 30).Select(i => $"setting {i}"))];
        var table = new EvaluationTable
        {
            Title = "baskets",
            SampleSizes = [new("customers", 5)],
            Rows = [.. methods.Select(method => new EvaluationRow { Method = method, IsBaseline = false, Metrics = metrics })],
        };
        using var text = new StringWriter { NewLine = "\n" };
        EvaluationText.Write(text, new EvaluationReport("next-basket", [table]), isInteractive: false);
        var rows = text.ToString().Split('\n').Where(line => line.Length > 0 && line[0] == '|').ToArray();
        Assert.Equal(4, rows.Length);
        Assert.All(rows, row => Assert.Equal(2 + metrics.Length, row.Count(c => c == '|')));
        Assert.Equal(methods, rows[2..].Select(row => row.Split('|')[1].Trim()));
        Assert.Equal(metrics.Select(metric => metric.Name), rows[0].Split('|')[2..^1].Select(cell => cell.Trim()));
    }
}
