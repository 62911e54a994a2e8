using System.Globalization;
using System.Text.Json;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Tool.Input;

namespace PostPurchase.Recommend.Tool.Tests;

public sealed class CatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_are_found_by_name_and_may_be_empty()
    {
        var catalog = CatalogFile.Read(_folder.Write("catalog.csv", "Consumable_Ids,ITEM_ID,pack_size\n heads-soft | heads-hard ,brush,\n,\"tabs, 60\",60\n"));
        Assert.Equal(2, catalog.Count);
        var (brush, tabs) = (catalog.Find("brush")!, catalog.Find("tabs, 60")!);
        Assert.Equal(["heads-soft", "heads-hard"], brush.ConsumableIds);
        Assert.Equal((1.0, 60.0), (brush.PackSize, tabs.PackSize));
        Assert.Empty(tabs.ConsumableIds);
        Assert.Null(brush.Category);
        Assert.Null(brush.ReplenishmentGroup);
        var heads = CatalogFile.Read(_folder.Write("heads.csv", "product_id,replenishment_group\nheads-soft,heads\nbrush,\n"));
        Assert.Equal(("heads", null), (heads.Find("heads-soft")!.ReplenishmentGroup, heads.Find("brush")!.ReplenishmentGroup));
    }

    [Theory]
    [InlineData("category\ncare\n", 1, "product_id")]
    [InlineData("product_id\nbrush\n\n,x\n", 4, "product_id is empty")]
    [InlineData("product_id,pack_size\nbrush,none\n", 2, "pack_size 'none'")]
    [InlineData("product_id,pack_size\nbrush,0\n", 2, "pack_size '0'")]
    [InlineData("product_id\nbrush\nheads\nbrush\n", 4, "product 'brush' is there twice")]
    public void A_malformed_catalogue_is_refused(string text, int line, string reason)
    {
        var file = _folder.Write("catalog.csv", text);
        var error = Assert.Throws<MalformedInputException>(() => CatalogFile.Read(file)).Message;
        Assert.StartsWith($"{file}, line {line}: ", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consumables_that_the_log_shows_too_seldom_are_due_by_the_catalogue()
    {
        // Five owners are too few for a link to be found.
        List<string> lines = ["customer_id,product_id,timestamp", Line("new", "brush", 300)];
        for (var c = 0; c < 30; c++)
        {
            if (c < 5)
                lines.Add(Line($"c{c}", "brush", c));
            for (var i = 1; i < 6; i++)
                lines.Add(Line($"c{c}", c < 5 ? "heads" : $"soap{c % 4}", c + (i * (56 + (c % 5)))));
        }

        var log = _folder.Write("log.csv", string.Join('\n', lines));
        var catalog = _folder.Write("catalog.csv", "product_id,consumable_ids\nbrush,heads\n");
        Assert.Empty(await DueAsync());
        Assert.Equal("brush", Assert.Single(await DueAsync("--catalog", catalog))[9]);

        async Task<string[][]> DueAsync(params string[] options)
        {
            await ToolRun.Succeed(["train", log, "--model", _folder["model"], .. options]);
            await ToolRun.Succeed(
                "due", "--model", _folder["model"], "--from", Day(330), "--days", "60", "--min-probability", "0", "--output", _folder["due.csv"]);
            return [.. Csv.Read(_folder["due.csv"], "customer_id,product_id,probability,due,earliest,latest,evidence,status,idempotency_key,base_product_id")
                .Where(row => row[0] == "new" && row[1] == "heads")];
        }
    }

    [Fact]
    public async Task Needs_are_forecast_whatever_the_brand()
    {
        // Now soft heads, now hard ones, every 40 days.
        List<string> lines = ["customer_id,product_id,timestamp"];
        for (var c = 0; c < 40; c++)
            lines.AddRange(Enumerable.Range(0, 8).Select(i => Line($"c{c}", (c + (i / 2)) % 2 == 0 ? "heads-soft" : "heads-hard", (c % 7) + (i * 40))));
        var log = _folder.Write("log.csv", string.Join('\n', lines));
        var catalog = _folder.Write("catalog.csv", "product_id,replenishment_group\nheads-soft,heads\nheads-hard,heads\n");
        var groups = _folder.Write("groups.csv", "customer_id,replenishment_group\nc3,heads\nnobody,heads\nc3,soap\n");
        await ToolRun.Succeed("train", log, "--model", _folder["model"], "--catalog", catalog);
        await ToolRun.Succeed("forecast", "--model", _folder["model"], "--as-of", Day(284), "--groups", groups, "--output", _folder["out.csv"]);
        var rows = Csv.Read(_folder["out.csv"], "customer_id,replenishment_group,p7,p14,p30,p60,p90,due,earliest,latest,evidence,product_id");
        Assert.Equal(["c3,heads", "nobody,heads", "c3,soap"], rows.Select(row => $"{row[0]},{row[1]}"));
        Assert.Equal(["heads-soft", "", ""], rows.Select(row => row[11]));
        // Forty days after the last of them, on day 283.
        Assert.InRange(DateOnly.Parse(rows[0][7], CultureInfo.InvariantCulture), new DateOnly(2025, 1, 1).AddDays(310), new DateOnly(2025, 1, 1).AddDays(340));

        await ToolRun.Succeed("train", log, "--model", _folder["apart"]);
        await Refused("the model knows no replenishment groups", "--model", _folder["apart"], "--groups", groups);
        await Refused("give either --pairs or --groups", "--model", _folder["model"], "--groups", groups, "--pairs", groups);
        await Refused("there is no column replenishment_group", "--model", _folder["model"], "--groups", catalog.Replace("catalog", "log", StringComparison.Ordinal));

        await ToolRun.Succeed(
            "evaluate", log, "--catalog", catalog, "--protocol", "replenishment", "--groups", "--as-of", Day(200), "--horizons", "45", "--json", _folder["report.json"]);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(_folder["report.json"]));
        var table = report.RootElement.GetProperty("tables")[0];
        // Everybody needs heads within 45 days, whichever they take; asked about brands it would be two questions for most of them.
        Assert.Equal(40, table.GetProperty("sample_sizes").GetProperty("queries").GetInt32());
        Assert.Equal(40, table.GetProperty("sample_sizes").GetProperty("purchases_within_the_horizon").GetInt32());
        var none = await ToolRun.Of("evaluate", log, "--protocol", "replenishment", "--groups", "--as-of", Day(200), "--horizons", "45");
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("log.csv: No product has a replenishment group or a category.", Assert.Single(none.ErrorLines), StringComparison.Ordinal);

        async Task Refused(string reason, params string[] options)
        {
            var run = await ToolRun.Of(["forecast", "--as-of", Day(284), "--output", _folder["none.csv"], .. options]);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(reason, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
            Assert.False(File.Exists(_folder["none.csv"]));
        }
    }

    private static string Line(string customer, string product, int day) => $"{customer},{product},{Day(day)}";

    private static string Day(int day) => new DateOnly(2025, 1, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
