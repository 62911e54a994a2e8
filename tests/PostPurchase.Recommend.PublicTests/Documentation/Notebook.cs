using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PostPurchase.Recommend.PublicTests.Documentation;

/// <summary>A Jupyter notebook (nbformat 4.5) with C# cells, executed from the first cell to the last without any notebook server.</summary>
internal sealed class Notebook(string text)
{
    private static readonly JsonSerializerOptions _layout =
        new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonNode _root = JsonNode.Parse(text)!;

    public IEnumerable<JsonNode> Outputs => CodeCells.SelectMany(cell => cell["outputs"]!.AsArray()).Select(output => output!);

    private IEnumerable<JsonNode> CodeCells => _root["cells"]!.AsArray().Where(cell => (string?)cell!["cell_type"] == "code").Select(cell => cell!);

    /// <summary>Executes every code cell and stores what it showed.</summary>
    public async Task ExecuteAsync()
    {
        var session = new CSharpSession();
        var count = 0;
        foreach (var cell in CodeCells)
        {
            var code = string.Concat(cell["source"]!.AsArray().Select(line => (string?)line));
            var value = await session.RunAsync(code);
            cell["execution_count"] = ++count;
            cell["outputs"] = value is null ? [] : new JsonArray(Output(value, count));
        }
    }

    /// <summary>The notebook as a file.</summary>
    public override string ToString() => _root.ToJsonString(_layout) + "\n";

    private static JsonObject Output(object value, int count) => new()
    {
        ["output_type"] = "execute_result",
        ["execution_count"] = count,
        ["metadata"] = new JsonObject(),
        ["data"] = value is JsonNode node && (string?)node["$schema"] is { } schema && schema.Contains("vega-lite", StringComparison.Ordinal)
            ? new JsonObject { ["application/vnd.vegalite.v5+json"] = node.DeepClone(), ["text/plain"] = Lines((string?)node["title"] ?? "a picture") }
            : new JsonObject { ["text/plain"] = Lines(value.ToString()!) },
    };

    private static JsonArray Lines(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        return [.. lines.Select((line, i) => (JsonNode)(i < lines.Length - 1 ? line + "\n" : line))];
    }
}
