using System.IO.Compression;
using PostPurchase.Recommend.Orders;
using PostPurchase.Samples;

namespace PostPurchase.Recommend.PublicTests.Samples;

public sealed class SimulatedStoreTests
{
    private static readonly SimulatedStore _store = SimulatedStore.Create(new() { Customers = 400 });

    [Fact]
    public void The_default_store_sells_about_a_hundred_thousand_lines_in_two_years()
    {
        var lines = SimulatedStore.Create().Lines.ToArray();

        Assert.InRange(lines.Length, 80_000, 120_000);
        Assert.InRange(lines.Count(l => l.CustomerId.Length == 0) / (double)lines.Length, 0.015, 0.025);
        Assert.InRange(lines.Count(l => l.Quantity < 0) / (double)lines.Length, 0.002, 0.02);
        Assert.Equal(new DateTime(2024, 1, 1), lines[0].PlacedAt.Date);
        Assert.Equal(new DateTime(2025, 12, 30), lines[^1].PlacedAt.Date);
    }

    [Fact]
    public void The_same_options_give_the_same_lines_and_another_seed_others()
    {
        Assert.Equal(_store.Lines, SimulatedStore.Create(new() { Customers = 400 }).Lines);
        Assert.NotEqual(_store.Lines.Take(100), SimulatedStore.Create(new() { Customers = 400, Seed = 2 }).Lines.Take(100));
    }

    [Fact]
    public void Lines_come_in_order_of_time_or_customer_by_customer()
    {
        var inTime = _store.Lines.ToList();

        Assert.Equal(inTime.Select(l => l.PlacedAt).Order(), inTime.Select(l => l.PlacedAt));
        Assert.Equal(
            inTime.OrderBy(l => l.CustomerId.Length == 0).ThenBy(l => l.CustomerId, StringComparer.Ordinal),
            _store.LinesByCustomer);
    }

    [Fact]
    public void A_longer_log_starts_with_the_shorter_one_and_its_end_is_what_was_held_out()
    {
        var longer = SimulatedStore.Create(new() { Customers = 400, Days = 730 + 60, HeldOutDays = 0, GuestShare = 0 });
        var shorter = SimulatedStore.Create(new() { Customers = 400, HeldOutDays = 60, GuestShare = 0 });

        Assert.Equal(longer.Lines, shorter.Lines.Concat(shorter.HeldOut));
    }

    [Fact]
    public void A_larger_store_holds_the_smaller_ones_customers()
    {
        var small = SimulatedStore.Create(new() { Customers = 20, GuestShare = 0 });

        Assert.Equal(small.LinesByCustomer, _store.LinesByCustomer.Where(l => string.CompareOrdinal(l.CustomerId, "K000020") <= 0 && l.CustomerId.Length > 0));
    }

    [Fact]
    public void The_true_interval_is_what_purchases_show_in_the_long_run()
    {
        var long10Years = SimulatedStore.Create(new() { Customers = 300, Days = 3650, HeldOutDays = 0 });
        List<double> ratios = [];
        foreach (var customer in long10Years.Customers)
        {
            foreach (var pair in customer.Pairs.Where(p => p.Regularity >= 12))
            {
                var days = Days(customer.Lines, pair.ProductId);
                if (days.Count >= 25)
                    ratios.Add((days[^1] - days[0]) / (double)(days.Count - 1) / pair.MeanIntervalDays);
            }
        }

        // The gaps' spread is at most 0.45 of their mean, so 25 of them leave 0.09 and the mean of 200 ratios below 0.01.
        Assert.True(ratios.Count > 200, $"{ratios.Count} pairs");
        Assert.InRange(ratios.Average(), 0.97, 1.03);
        Assert.InRange(ratios.Order().ElementAt(ratios.Count / 2), 0.97, 1.03);
    }

    [Fact]
    public void The_truth_says_what_follows_the_log()
    {
        var pairs = 0;
        foreach (var customer in _store.Customers)
        {
            Assert.All(customer.Lines, l => Assert.True(DateOnly.FromDateTime(l.PlacedAt) < _store.AsOf));
            Assert.All(customer.HeldOut, l => Assert.True(DateOnly.FromDateTime(l.PlacedAt) >= _store.AsOf));
            Assert.All(customer.Lines.Concat(customer.HeldOut), l => Assert.True(DateOnly.FromDateTime(l.PlacedAt) < customer.LapsesOn));
            foreach (var pair in customer.Pairs)
            {
                pairs++;
                Assert.Equal(Days(customer.Lines, pair.ProductId)[^1], pair.LastPurchase.DayNumber);
                Assert.Equal(Days(customer.HeldOut, pair.ProductId).Cast<int?>().FirstOrDefault(), pair.NextPurchase?.DayNumber);
                Assert.True(customer.LapsesOn > _store.AsOf || (pair.HasStopped && pair.NextPurchase is null));
            }
        }

        Assert.True(pairs > 1000);
    }

    [Fact]
    public void Consumables_fit_a_durable_of_the_same_brand()
    {
        var byId = _store.Products.ToDictionary(p => p.Id);

        Assert.Equal("alba-electric-toothbrush", byId["alba-toothbrush-heads"].FitsProductId);
        Assert.All(_store.Products.Where(p => p.FitsProductId is not null), p => Assert.Equal(ProductUse.Durable, byId[p.FitsProductId!].Use));
        Assert.Equal(_store.Products.Count, byId.Count);
    }

    [Fact]
    public void Sharpeners_are_bought_after_knives()
    {
        var after = 0;
        var before = 0;
        foreach (var customer in SimulatedStore.Create(new() { Customers = 4000, GuestShare = 0 }).Customers)
        {
            var knife = customer.Lines.Where(l => l.ProductId.EndsWith("chef-knife", StringComparison.Ordinal)).Select(l => l.PlacedAt).ToArray();
            var sharpener = customer.Lines.Where(l => l.ProductId.EndsWith("knife-sharpener", StringComparison.Ordinal)).Select(l => l.PlacedAt).ToArray();
            if (knife.Length == 0 || sharpener.Length == 0)
                continue;
            if (sharpener.Min() > knife.Min())
                after++;
            else
                before++;
        }

        Assert.True(after > 30, $"{after} after, {before} before");
        Assert.Equal(0, before);
    }

    [Theory]
    [InlineData("orders.csv")]
    [InlineData("orders.csv.gz")]
    public void Csv_holds_every_line(string name)
    {
        var directory = Directory.CreateTempSubdirectory("simulated-store");
        try
        {
            var path = Path.Combine(directory.FullName, name);
            _store.WriteCsv(path);

            using var file = File.OpenRead(path);
            using Stream text = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
            var rows = new StreamReader(text).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var expected = _store.Lines.ToArray();

            Assert.Equal("customer_id,product_id,timestamp,quantity,unit_price,order_id,delivered_at,category", rows[0]);
            Assert.Equal(expected.Length, rows.Length - 1);
            for (var i = 0; i < expected.Length; i++)
                Assert.StartsWith($"{expected[i].CustomerId},{expected[i].ProductId},{expected[i].PlacedAt:yyyy-MM-dd HH:mm:ss},", rows[i + 1], StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SimulatedStore.Create(new() { Customers = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SimulatedStore.Create(new() { Days = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SimulatedStore.Create(new() { HeldOutDays = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SimulatedStore.Create(new() { Brands = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SimulatedStore.Create(new() { GuestShare = double.NaN }));
    }

    private static List<int> Days(IEnumerable<OrderLine> lines, string productId) =>
        [.. lines.Where(l => l.ProductId == productId && l.Quantity > 0).Select(l => DateOnly.FromDateTime(l.PlacedAt).DayNumber).Distinct()];
}
