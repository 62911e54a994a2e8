using CsvHelper;

namespace PostPurchase.Recommend.Tool.Tests;

/// <summary>Reads the tool's results back.</summary>
internal static class Csv
{
    public static List<string[]> Read(string path, string header)
    {
        var text = File.ReadAllText(path);
        Assert.Equal(header, text.Split('\n')[0]);
        Assert.DoesNotContain('\r', text);
        using var reader = CsvReader.Create(new StringReader(text), CsvReaderOptions.Default);
        reader.ReadHeader();
        List<string[]> rows = [];
        while (reader.Read())
            rows.Add(Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToArray());
        Assert.All(rows, row => Assert.Equal(header.Split(',').Length, row.Length));
        return rows;
    }
}
