namespace PostPurchase.Samples;

/// <summary>Orders without a customer id, at random times, of whatever is popular.</summary>
internal sealed class GuestTraffic(Catalogue catalogue, SimulatedStoreOptions options)
{
    /// <summary>What a registered customer of the default store buys, in lines a day: measured, so that the share comes out.</summary>
    private const double LinesPerCustomerAndDay = 0.068;

    public IEnumerable<OrderLine> Lines(int fromDay, int untilDay)
    {
        if (options.GuestShare == 0)
            yield break;
        var linesPerDay = options.Customers * LinesPerCustomerAndDay * options.GuestShare / (1 - options.GuestShare);
        var random = new SeededRandom(options.Seed, 0);
        var orders = 0;
        for (var at = random.Exponential(1 / linesPerDay); at < untilDay; at += random.Exponential(1 / linesPerDay))
        {
            var family = random.Happens(0.5) ? catalogue.DrawGiftFamily(random) : catalogue.DrawRegularFamily(random);
            var product = catalogue.Products[catalogue.Product(family, catalogue.DrawBrand(random))];
            var line = new OrderLine("", product.Id, options.FirstDay.ToDateTime(TimeOnly.MinValue).AddMinutes(Math.Floor(at * 1440)))
            {
                UnitPrice = product.Price,
                Category = product.Category,
                OrderId = $"G{++orders}",
            };
            if (at >= fromDay)
                yield return line;
        }
    }
}
