using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Orders;

/// <summary>A history's columns as a section of the model file; every number that is used as an index is checked on the way in.</summary>
internal static class HistorySection
{
    public static void Write(PurchaseColumns columns, SectionWriter writer)
    {
        writer.WriteStrings(columns.Customers.Ids);
        writer.WriteStrings(columns.Products.Ids);
        writer.WriteStrings(columns.Categories.Ids);
        writer.WriteArray<int>(columns.ProductCategory);
        writer.WriteStrings(columns.Groups.Ids);
        writer.WriteArray<int>(columns.ProductGroup);
        writer.WriteArray<byte>(columns.GroupIsNeed);
        writer.WriteArray<int>(columns.ConsumableBase);
        writer.WriteArray<int>(columns.Consumable);
        writer.WriteArray<int>(columns.CustomerStart);
        writer.WriteArray<int>(columns.Day);
        writer.WriteArray<int>(columns.Product);
        writer.WriteArray<float>(columns.Quantity);
        writer.WriteArray<float>(columns.UnitPrice);
        writer.WriteArray<int>(columns.DeliveredDay);
        writer.WriteArray<int>(columns.Interactions.CustomerStart);
        writer.WriteArray<int>(columns.Interactions.Day);
        writer.WriteArray<int>(columns.Interactions.Product);
        writer.WriteArray<byte>(columns.Interactions.Kind);
        writer.WriteArray<int>(columns.Interactions.Count);
    }

    public static PurchaseColumns Read(SectionReader reader)
    {
        var customers = ReadIds(reader);
        var products = ReadIds(reader);
        var categories = ReadIds(reader);
        var productCategory = ReadOptional<int>(reader, products.Count);
        Check(reader, productCategory, -1, categories.Count);
        var groups = ReadIds(reader);
        var productGroup = ReadOptional<int>(reader, products.Count);
        Check(reader, productGroup, -1, groups.Count);
        var groupIsNeed = reader.ReadArray<byte>(groups.Count);
        var consumableBase = reader.ReadArray<int>();
        Check(reader, consumableBase, 0, products.Count);
        var consumable = reader.ReadArray<int>(consumableBase.Length);
        Check(reader, consumable, 0, products.Count);
        var start = reader.ReadArray<int>(customers.Count + 1);
        var day = reader.ReadArray<int>();
        Check(reader, day, 0, DateOnly.MaxValue.DayNumber + 1);
        CheckStarts(reader, start, day);
        var product = reader.ReadArray<int>(day.Length);
        Check(reader, product, 0, products.Count);
        var quantity = reader.ReadArray<float>(day.Length);
        CheckPositive(reader, quantity);
        var price = ReadOptional<float>(reader, day.Length);
        var delivered = ReadOptional<int>(reader, day.Length);
        Check(reader, delivered, 0, DateOnly.MaxValue.DayNumber + 1);
        return new PurchaseColumns(customers, products, start, day, product, quantity)
        {
            ProductCategory = productCategory,
            Categories = categories,
            ProductGroup = productGroup,
            Groups = groups,
            GroupIsNeed = groupIsNeed,
            ConsumableBase = consumableBase,
            Consumable = consumable,
            UnitPrice = price,
            DeliveredDay = delivered,
            Interactions = ReadInteractions(reader, customers.Count, products.Count),
        };
    }

    private static InteractionColumns ReadInteractions(SectionReader reader, int customers, int products)
    {
        var start = ReadOptional<int>(reader, customers + 1);
        var day = reader.ReadArray<int>();
        Check(reader, day, 0, DateOnly.MaxValue.DayNumber + 1);
        if (start.Length > 0)
            CheckStarts(reader, start, day);
        else if (day.Length > 0)
            throw reader.Damaged("there are interactions of nobody");
        var product = reader.ReadArray<int>(day.Length);
        Check(reader, product, 0, products);
        var kind = reader.ReadArray<byte>(day.Length);
        if (kind.AsSpan().ContainsAnyExceptInRange((byte)InteractionKind.View, (byte)InteractionKind.WishList))
            throw reader.Damaged("an interaction is of no known kind");
        return new InteractionColumns(start, day, product, kind, reader.ReadArray<int>(day.Length));
    }

    private static IdIndex ReadIds(SectionReader reader)
    {
        var ids = reader.ReadStrings();
        try
        {
            return new IdIndex(ids);
        }
        catch (ArgumentException cause)
        {
            throw reader.Damaged(cause.Message);
        }
    }

    private static T[] ReadOptional<T>(SectionReader reader, int length)
        where T : unmanaged
    {
        var values = reader.ReadArray<T>();
        return values.Length == 0 || values.Length == length
            ? values
            : throw reader.Damaged($"an array holds {values.Length} values where none or {length} belong");
    }

    private static void Check(SectionReader reader, ReadOnlySpan<int> values, int least, int end)
    {
        if (values.ContainsAnyExceptInRange(least, end - 1))
            throw reader.Damaged($"a number lies outside {least}..{end - 1}");
    }

    private static void CheckStarts(SectionReader reader, int[] start, int[] day)
    {
        if (start[0] != 0 || start[^1] != day.Length)
            throw reader.Damaged("the rows of the customers do not add up");
        for (var c = 1; c < start.Length; c++)
        {
            if (start[c] < start[c - 1] || start[c] > day.Length)
                throw reader.Damaged("the rows of the customers do not add up");
            for (var row = start[c - 1] + 1; row < start[c]; row++)
            {
                if (day[row] < day[row - 1])
                    throw reader.Damaged("the rows of a customer are not in order of days");
            }
        }
    }

    private static void CheckPositive(SectionReader reader, float[] quantity)
    {
        foreach (var units in quantity)
        {
            if (!(units > 0 && float.IsFinite(units)))
                throw reader.Damaged($"{units} is no quantity");
        }
    }
}
