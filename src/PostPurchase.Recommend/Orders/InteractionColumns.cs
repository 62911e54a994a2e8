namespace PostPurchase.Recommend.Orders;

/// <summary>Interactions that are no purchases, sorted by customer, day, product and kind; one row counts equal ones of a day.</summary>
internal sealed record InteractionColumns(int[] CustomerStart, int[] Day, int[] Product, byte[] Kind, int[] Count)
{
    public static InteractionColumns None { get; } = new([], [], [], [], []);

    public int Rows => Day.Length;

    public int LastDay { get; } = Day.Length == 0 ? 0 : Day.Max();
}
