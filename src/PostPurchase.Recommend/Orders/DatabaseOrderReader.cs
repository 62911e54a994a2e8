using System.Data.Common;
using System.Text;

namespace PostPurchase.Recommend.Orders;

/// <summary>Reads the rows of any ADO.NET data reader into a builder; columns by name, values of any type that says the same as its text.</summary>
internal static class DatabaseOrderReader
{
    private const int RowsPerCheck = 1 << 14;

    public static void Read(DbDataReader reader, HistoryBuilder builder, string source)
    {
        var names = new string[reader.FieldCount];
        for (var i = 0; i < names.Length; i++)
            names[i] = reader.GetName(i);
        var row = new OrderTextRow(builder.ColumnsOf(names, 0), builder);
        var values = new object[names.Length];
        OrderTextRow.Cell cell = column => DatabaseValue.TextOf(values[column]);
        for (var line = 1L; reader.Read(); line++)
        {
            reader.GetValues(values);
            try
            {
                row.Read(line, values.Length, cell);
            }
            catch (DecoderFallbackException cause)
            {
                throw new MalformedInputException(source, line, "a value of bytes is no UTF-8 text", cause);
            }

            if (line % RowsPerCheck == 0)
                builder.Options.Cancellation.ThrowIfCancellationRequested();
        }
    }
}
