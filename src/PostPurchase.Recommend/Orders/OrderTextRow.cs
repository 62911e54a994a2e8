using System.Globalization;

namespace PostPurchase.Recommend.Orders;

/// <summary>Reads one line whose values are text, by the columns found in the header, and hands it to the builder.</summary>
internal sealed class OrderTextRow(OrderColumns columns, HistoryBuilder builder)
{
    /// <summary>The text of a column of the current line.</summary>
    public delegate ReadOnlySpan<char> Cell(int column);

    public void Read(long lineNumber, int fieldCount, Cell cell)
    {
        // Without a timestamp column the use has said that time does not matter to it.
        var placedAt = DateTime.MinValue;
        var isDated = columns.Timestamp < 0 || (fieldCount > columns.Timestamp && TimestampText.TryParse(cell(columns.Timestamp), out placedAt));
        // Before all else: a reading up to a day must not depend on what later lines hold.
        if (isDated && builder.RejectsDay(lineNumber, placedAt))
            return;
        if (fieldCount <= columns.Last)
        {
            builder.AddMalformed(lineNumber, FormattableString.Invariant($"{fieldCount} columns where at least {columns.Last + 1} are needed"));
            return;
        }

        if (!isDated)
        {
            builder.AddMalformed(lineNumber, $"timestamp '{Shown(cell(columns.Timestamp))}' is no ISO 8601 date or date-time");
            return;
        }

        if (!TryNumber(cell, columns.Quantity, out var quantity))
        {
            builder.AddMalformed(lineNumber, $"quantity '{Shown(cell(columns.Quantity))}' is no finite number");
            return;
        }

        if (!TryNumber(cell, columns.PackSize, out var packSize))
        {
            builder.AddMalformed(lineNumber, $"pack_size '{Shown(cell(columns.PackSize))}' is no finite number");
            return;
        }

        if (!TryNumber(cell, columns.UnitPrice, out var unitPrice))
        {
            builder.AddMalformed(lineNumber, $"unit_price '{Shown(cell(columns.UnitPrice))}' is no finite number");
            return;
        }

        DateTime? deliveredAt = null;
        if (columns.Delivered >= 0 && cell(columns.Delivered) is var delivered && !delivered.IsWhiteSpace())
        {
            if (!TimestampText.TryParse(delivered, out var day))
            {
                builder.AddMalformed(lineNumber, $"delivered_at '{Shown(delivered)}' is no ISO 8601 date or date-time");
                return;
            }

            deliveredAt = day;
        }

        var kind = InteractionKind.Purchase;
        if (columns.EventType >= 0 && !InteractionText.TryParse(cell(columns.EventType), out kind))
        {
            builder.AddMalformed(lineNumber, $"event_type '{Shown(cell(columns.EventType))}' is none of purchase, return, view, cart, wish_list");
            return;
        }

        builder.Add(
            lineNumber, cell(columns.Customer), columns.Product < 0 ? HistoryBuilder.AnyProduct : cell(columns.Product), placedAt, quantity ?? 1, packSize, unitPrice,
            OrEmpty(cell, columns.Order), deliveredAt, OrEmpty(cell, columns.Category), kind);
    }

    private static ReadOnlySpan<char> OrEmpty(Cell cell, int column) => column < 0 ? [] : cell(column);

    private static bool TryNumber(Cell cell, int column, out double? value)
    {
        value = null;
        if (column < 0 || cell(column) is var text && text.IsWhiteSpace())
            return true;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return false;
        value = number;
        return true;
    }

    // A value may be megabytes long or hold line breaks, and an error is one line.
    private static string Shown(ReadOnlySpan<char> text)
    {
        var head = (text.Length > 40 ? text[..40] : text).ToString();
        var oneLine = string.Concat(head.Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length > 40 ? oneLine + "..." : oneLine;
    }
}
