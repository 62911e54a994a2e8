namespace PostPurchase.Recommend.Orders;

/// <summary>
/// The columns of a history, sorted by customer, day and product. Days are day numbers (<see cref="DateOnly.DayNumber"/>).
/// The arrays are shared, never copied and never written after construction.
/// </summary>
internal sealed class PurchaseColumns
{
    public PurchaseColumns(IdIndex customers, IdIndex products, int[] customerStart, int[] day, int[] product, float[] quantity)
    {
        Customers = customers;
        Products = products;
        CustomerStart = customerStart;
        Day = day;
        Product = product;
        Quantity = quantity;
        if (day.Length > 0)
        {
            FirstDay = day.Min();
            LastDay = day.Max();
        }
    }

    public IdIndex Customers { get; }

    public IdIndex Products { get; }

    /// <summary>The first row of every customer, and the number of rows at the end: customer c owns [c], [c + 1) of it.</summary>
    public int[] CustomerStart { get; }

    public int[] Day { get; }

    public int[] Product { get; }

    /// <summary>Units bought that day times what one holds, returns taken off; always above zero.</summary>
    public float[] Quantity { get; }

    /// <summary>The mean price of one of <see cref="Quantity"/>, zero where unknown; empty when the log has no prices.</summary>
    public float[] UnitPrice { get; init; } = [];

    /// <summary>The day of delivery, zero where unknown; empty when the log has no deliveries.</summary>
    public int[] DeliveredDay { get; init; } = [];

    /// <summary>The category number of every product, -1 where unknown; empty when the log has no categories.</summary>
    public int[] ProductCategory { get; init; } = [];

    /// <summary>The categories' names in ordinal order.</summary>
    public IdIndex Categories { get; init; } = new([]);

    /// <summary>
    /// The number of every product's replenishment group or, where it has none, of its category among <see cref="Groups"/>; -1 where neither is
    /// known. Empty when the catalogue names no group.
    /// </summary>
    public int[] ProductGroup { get; init; } = [];

    /// <summary>The names of replenishment groups, and of categories that have products without one, in ordinal order.</summary>
    public IdIndex Groups { get; init; } = new([]);

    /// <summary>For each of <see cref="Groups"/>, one where the catalogue says that its products serve one need, and zero for a mere category.</summary>
    public byte[] GroupIsNeed { get; init; } = [];

    /// <summary>The base products of the catalogue's consumables, one for each of <see cref="Consumable"/>, in ascending order.</summary>
    public int[] ConsumableBase { get; init; } = [];

    /// <summary>The consumables that base products use up, ascending for one base; empty when the catalogue names none.</summary>
    public int[] Consumable { get; init; } = [];

    /// <summary>Views, carts and wish lists; empty when the log has none.</summary>
    public InteractionColumns Interactions { get; init; } = InteractionColumns.None;

    public int FirstDay { get; }

    public int LastDay { get; }

    public int Rows => Day.Length;

    public bool HasPrices => UnitPrice.Length > 0;

    public bool HasDeliveries => DeliveredDay.Length > 0;

    public bool HasCategories => ProductCategory.Length > 0;

    public bool HasGroups => ProductGroup.Length > 0;

    /// <summary>The family of every product, as far as the log and the catalogue tell what belongs together: its group, or else its category; -1 where unknown.</summary>
    public int[] ProductFamily => HasGroups ? ProductGroup : ProductCategory;

    /// <summary>The families' names in ordinal order.</summary>
    public IdIndex Families => HasGroups ? Groups : Categories;

    public bool HasFamilies => ProductFamily.Length > 0;

    /// <summary>Whether the catalogue says that the products of the family serve one need; not so of a mere category.</summary>
    public bool IsNeed(int family) => HasGroups && GroupIsNeed[family] != 0;

    /// <summary>The group that the catalogue says the product serves one need with, or -1; the product may be -1.</summary>
    public int NeedOf(int product) => HasGroups && product >= 0 && ProductGroup[product] is >= 0 and var group && IsNeed(group) ? group : -1;

    /// <summary>Whether the catalogue says that the two products replace each other.</summary>
    public bool ServeOneNeed(int one, int other) => NeedOf(one) is >= 0 and var need && need == NeedOf(other);

    /// <summary>The row after the customer's last one before the day.</summary>
    public int EndBefore(int customer, int day)
    {
        var low = CustomerStart[customer];
        var high = CustomerStart[customer + 1];
        while (low < high)
        {
            var middle = low + ((high - low) >> 1);
            if (Day[middle] < day)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
