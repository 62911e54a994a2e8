using System.Buffers;
using System.Text.Unicode;
using CsvHelper;

namespace PostPurchase.Recommend.Orders;

/// <summary>
/// The fast way for lines whose values have the usual shapes: straight from the bytes, without text. A line it does not take is
/// read by <see cref="OrderTextRow"/>, which knows every shape and every reason to reject one; both give the same history.
/// </summary>
internal sealed class PlainRow(CsvReader reader, OrderColumns columns, HistoryBuilder builder)
{
    private const int LongestId = Utf8Ids.LongestId;
    private readonly Utf8Ids _customers = new();
    private readonly Utf8Ids _products = new();
    private readonly Utf8Ids _categories = new();
    private readonly RepeatedTimestamp _times = new();
    private readonly char[] _text = new char[LongestId];

    /// <summary>Hands the line to the builder; false when the line is not as simple as that, and nothing has been counted.</summary>
    public bool TryRead(long lineNumber)
    {
        LogLine line = default;
        if (reader.FieldCount <= columns.Last || !TryValues(ref line, out var packSize) || !TryProduct(out line.Product))
            return false;
        if (reader.GetSpan(columns.Customer).IsEmpty)
        {
            builder.AddGuest(lineNumber);
            return true;
        }

        if (!TryId(_customers, columns.Customer, builder.Customers, out line.Customer) || !TryOrder(out line.Order) || !TryCategory(out var category))
            return false;
        line.Unpack(packSize > 0 ? packSize : builder.PackSizeOf(line.Product));
        line.LineNumber = LogLine.Shorten(lineNumber);
        builder.AddChecked(line, category);
        return true;
    }

    /// <summary>Reads all but the ids; a pack size of zero is one that the line does not give.</summary>
    private bool TryValues(ref LogLine line, out double packSize)
    {
        packSize = 0;
        var (second, quantity, unitPrice, delivered, kind) = (0, 1d, 0d, 0, InteractionKind.Purchase);
        // Without a timestamp column all lines are of the first day, which is number zero.
        if (columns.Timestamp >= 0 && !_times.TryRead(reader.GetSpan(columns.Timestamp), out line.Day, out second))
            return false;
        if (TryField(columns.Quantity, out var field) && !Utf8Values.TryNumber(field, out quantity))
            return false;
        if (TryField(columns.PackSize, out field) && !(Utf8Values.TryNumber(field, out packSize) && LogLine.IsPackSize(packSize)))
            return false;
        var hasPrice = TryField(columns.UnitPrice, out field);
        if (hasPrice && !Utf8Values.TryNumber(field, out unitPrice))
            return false;
        if (TryField(columns.Delivered, out field) && !Utf8Values.TryTimestamp(field, out delivered, out _))
            return false;
        if (TryField(columns.EventType, out field) && !TryKind(field, ref kind))
            return false;
        if (!builder.IsUsual(line.Day, quantity, hasPrice ? unitPrice : null, kind))
            return false;
        line.SetKind(kind == InteractionKind.Purchase && quantity <= 0 ? InteractionKind.Return : kind, second);
        line.Quantity = (float)Math.Abs(quantity);
        line.UnitPrice = (float)Math.Abs(unitPrice);
        line.DeliveredDay = delivered == 0 ? 0 : Math.Max(line.Day, delivered);
        return true;
    }

    private bool TryField(int column, out ReadOnlySpan<byte> field)
    {
        field = column < 0 ? [] : reader.GetSpan(column);
        return !field.IsEmpty;
    }

    private static bool TryKind(ReadOnlySpan<byte> field, ref InteractionKind kind)
    {
        if (field.SequenceEqual("view"u8))
            kind = InteractionKind.View;
        else if (!field.SequenceEqual("purchase"u8))
            return false;
        return true;
    }

    private bool TryId(Utf8Ids known, int column, IdPool pool, out int number)
    {
        number = 0;
        var id = reader.GetSpan(column);
        if (!IsTrimmed(id))
            return false;
        if (known.TryFind(id, out number))
            return true;
        if (!TryDecode(id, out var text) || (pool == builder.Products && builder.Excludes(text)))
            return false;
        number = pool.Number(text);
        known.Add(id, number);
        return true;
    }

    private bool TryProduct(out int number)
    {
        if (columns.Product >= 0)
            return TryId(_products, columns.Product, builder.Products, out number);
        number = builder.Products.Number(HistoryBuilder.AnyProduct);
        return !builder.Excludes(HistoryBuilder.AnyProduct);
    }

    private bool TryOrder(out ulong hash)
    {
        hash = 0;
        return !TryField(columns.Order, out var id) || (IsTrimmed(id) && OrderHash.TryOf(id, out hash));
    }

    private bool TryCategory(out int number)
    {
        number = -1;
        return columns.Category < 0 || reader.GetSpan(columns.Category).IsEmpty || TryId(_categories, columns.Category, builder.Categories, out number);
    }

    private bool TryDecode(ReadOnlySpan<byte> id, out ReadOnlySpan<char> text)
    {
        text = [];
        if (id.Length > LongestId || Utf8.ToUtf16(id, _text, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
            return false;
        text = _text.AsSpan(0, length);
        return true;
    }

    // White space beyond ASCII takes two bytes and more, so it cannot hide behind these.
    private static bool IsTrimmed(ReadOnlySpan<byte> id) => !id.IsEmpty && id[0] is > 0x20 and < 0x7F && id[^1] is > 0x20 and < 0x7F;
}
