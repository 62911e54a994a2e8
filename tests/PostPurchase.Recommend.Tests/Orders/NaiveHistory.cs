using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Orders;

/// <summary>The rules of ingestion written down the slow and obvious way, for lines that are valid and carry no ties.</summary>
internal static class NaiveHistory
{
    public static SortedDictionary<(string Customer, DateOnly Day, string Product), double> Build(IEnumerable<OrderLine> lines)
    {
        var rows = new SortedDictionary<(string Customer, DateOnly Day, string Product), double>(
            Comparer<(string Customer, DateOnly Day, string Product)>.Create((a, b) =>
            {
                var c = string.CompareOrdinal(a.Customer, b.Customer);
                c = c != 0 ? c : a.Day.CompareTo(b.Day);
                return c != 0 ? c : string.CompareOrdinal(a.Product, b.Product);
            }));
        foreach (var line in lines.Where(l => l.Quantity > 0).Distinct())
        {
            var key = (line.CustomerId, DateOnly.FromDateTime(line.PlacedAt), line.ProductId);
            rows[key] = rows.GetValueOrDefault(key) + line.Quantity;
        }

        foreach (var line in lines.Where(l => l.Quantity < 0).Distinct().OrderBy(l => l.PlacedAt))
        {
            var left = -line.Quantity;
            var day = DateOnly.FromDateTime(line.PlacedAt);
            foreach (var key in rows.Keys.Where(k => k.Customer == line.CustomerId && k.Product == line.ProductId && k.Day <= day).OrderByDescending(k => k.Day).ToList())
            {
                var taken = Math.Min(left, rows[key]);
                rows[key] -= taken;
                left -= taken;
            }
        }

        foreach (var key in rows.Where(r => r.Value <= 0).Select(r => r.Key).ToList())
            rows.Remove(key);
        return rows;
    }
}
