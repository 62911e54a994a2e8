using System.Globalization;
using CsvHelper;

namespace PostPurchase.Recommend.Tool.Output;

/// <summary>CSV results: a header, invariant culture, one kind of line end.</summary>
internal static class CsvOutput
{
    private const int RowsPerCheck = 4096;

    private static readonly CsvWriterOptions Format = CsvWriterOptions.Default with
    {
        NewLine = "\n",
        FormatProvider = CultureInfo.InvariantCulture,
    };

    /// <summary>Writes the header and what <paramref name="write"/> adds.</summary>
    public static void Write(
        string path, ToolConsole console, IReadOnlyList<string> header, Action<CsvWriter> write, CancellationToken cancellation) =>
        OutputFile.WriteText(
            path,
            console,
            text =>
            {
                using var csv = CsvWriter.Create(text, Format, leaveOpen: true);
                csv.WriteRecord(header.ToArray());
                write(csv);
                csv.Flush();
            },
            cancellation);

    /// <summary>Looks for Ctrl-C now and then.</summary>
    public static void CheckCancellation(int row, CancellationToken cancellation)
    {
        if (row % RowsPerCheck == 0)
            cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>A probability with nine digits that count: enough for floats to survive the way.</summary>
    public static string Probability(double probability) => probability.ToString("G9", CultureInfo.InvariantCulture);

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Evidence(Evidence evidence) => evidence switch
    {
        Recommend.Evidence.Own => "own",
        Recommend.Evidence.Product => "product",
        Recommend.Evidence.Category => "category",
        Recommend.Evidence.Population => "population",
        _ => "not_predictable",
    };
}
