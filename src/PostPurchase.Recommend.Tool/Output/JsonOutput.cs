using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PostPurchase.Recommend.Tool.Output;

/// <summary>JSON results; <c>-</c> is standard output.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string path, ToolConsole console, JsonNode json, CancellationToken cancellation) =>
        OutputFile.WriteText(path, console, text => text.WriteLine(json.ToJsonString(Format)), cancellation);
}
