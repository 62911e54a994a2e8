using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.PublicTests.Contract;

/// <summary>Small shops whose right answers are known beforehand.</summary>
internal static class Shop
{
    public static readonly DateTime Start = new(2024, 1, 1);

    /// <summary>The habits of 150 customers over 400 days; the same list each time, so that a model learned from it can be shared.</summary>
    public static List<OrderLine> StandardHabits { get; } = Habits();

    public static List<OrderLine> StandardCheckerboard { get; } = Checkerboard();

    public static DateOnly Day(int day) => DateOnly.FromDateTime(Start.AddDays(day));

    /// <summary>
    /// A checkerboard: customers and products are black or white, and nobody buys the other colour. Every customer has bought
    /// all products of the own colour but one, so the one that is missing is the right new product. Each buys them
    /// in an order of its own, so that time says nothing.
    /// </summary>
    public static List<OrderLine> Checkerboard(int customers = 120, int products = 16)
    {
        List<OrderLine> lines = [];
        for (var c = 0; c < customers; c++)
        {
            var own = Enumerable.Range(0, products).Where(p => p % 2 == c % 2 && p != Missing(c, products)).OrderBy(p => Hash(c, p)).ToArray();
            for (var i = 0; i < own.Length; i++)
                lines.Add(new OrderLine(Customer(c), Product(own[i]), Start.AddDays((7 * i) + (Hash(c, 99) % 30))));
        }

        return lines;
    }

    public static string Customer(int c) => $"c{c:D3}";

    public static string Product(int p) => $"p{p:D2}";

    /// <summary>The product of the customer's own colour that the customer has not bought yet.</summary>
    public static int Missing(int customer, int products = 16) => (2 * (customer / 2 % (products / 2))) + (customer % 2);

    /// <summary>
    /// A shop of habits: each customer buys one staple every so many days and a few other things now and then.
    /// Deterministic, without a random generator: a multiplicative hash does.
    /// </summary>
    public static List<OrderLine> Habits(int customers = 150, int days = 400)
    {
        List<OrderLine> lines = [];
        for (var c = 0; c < customers; c++)
        {
            var gap = 20 + (c % 3 * 10);
            for (var day = c % gap; day < days; day += gap + (int)(Hash(c, day) % 5) - 2)
            {
                lines.Add(new OrderLine(Customer(c), $"staple{c % 4}", Start.AddDays(day)) { UnitPrice = 5 });
                if (Hash(day, c) % 3 == 0)
                    lines.Add(new OrderLine(Customer(c), $"extra{Hash(c, day + 1) % 20:D2}", Start.AddDays(day)) { UnitPrice = 2 });
            }
        }

        return lines;
    }

    public static List<OrderLine> Shuffle(List<OrderLine> lines) => [.. lines.OrderBy(l => Hash(l.PlacedAt.DayOfYear, l.ProductId.Length + l.CustomerId[^1] + (l.ProductId[^1] * 31)))];

    private static uint Hash(int a, int b) => ((((uint)a * 2654435761u) ^ ((uint)b * 2246822519u)) * 3266489917u) >> 7;
}
