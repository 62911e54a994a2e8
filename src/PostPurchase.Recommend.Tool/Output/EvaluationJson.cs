using System.Text.Json.Nodes;
using PostPurchase.Recommend.Evaluation;

namespace PostPurchase.Recommend.Tool.Output;

/// <summary>An evaluation for programs: figures with all their digits.</summary>
internal static class EvaluationJson
{
    public static JsonObject Of(EvaluationReport report) => new()
    {
        ["protocol"] = report.Protocol,
        ["tables"] = new JsonArray([.. report.Tables.Select(Table)]),
    };

    private static JsonObject Table(EvaluationTable table)
    {
        var sizes = new JsonObject();
        foreach (var (what, size) in table.SampleSizes)
            sizes[Key(what)] = size;
        return new JsonObject
        {
            ["title"] = table.Title,
            ["sample_sizes"] = sizes,
            ["rows"] = new JsonArray([.. table.Rows.Select(Row)]),
        };
    }

    private static JsonObject Row(EvaluationRow row)
    {
        var metrics = new JsonObject();
        foreach (var metric in row.Metrics)
        {
            var figure = new JsonObject { ["value"] = metric.Value, ["samples"] = metric.Samples };
            if (metric is { Low: { } low, High: { } high })
            {
                figure["low"] = low;
                figure["high"] = high;
            }

            metrics[Key(metric.Name)] = figure;
        }

        var json = new JsonObject { ["method"] = row.Method, ["is_baseline"] = row.IsBaseline, ["metrics"] = metrics };
        if (row.Calibration.Count > 0)
            json["calibration_bins"] = new JsonArray([.. row.Calibration.Select(Bin)]);
        return json;
    }

    private static JsonObject Bin(CalibrationBin bin) => new()
    {
        ["from"] = bin.From,
        ["until"] = bin.Until,
        ["count"] = bin.Count,
        ["mean_predicted"] = bin.MeanPredicted,
        ["observed"] = bin.Observed,
    };

    private static string Key(string name) => name.Replace(' ', '_').Replace('-', '_');
}
