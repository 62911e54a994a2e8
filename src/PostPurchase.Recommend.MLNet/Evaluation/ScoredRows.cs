using Microsoft.ML;
using Microsoft.ML.Data;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.MLNet.Evaluation;

/// <summary>Scored rows grouped by customer, read by one cursor.</summary>
internal sealed class ScoredRows
{
    private readonly List<List<ScoredRow>> _ofCustomers = [];

    private ScoredRows()
    {
    }

    public IReadOnlyList<List<ScoredRow>> OfCustomers => _ofCustomers;

    /// <summary>How many different products there are.</summary>
    public int Products { get; private set; }

    public static ScoredRows Read(IDataView data, string customerName, string productName, string labelName, string scoreName)
    {
        var customer = Find(data.Schema, "customer", customerName);
        var product = Find(data.Schema, "product", productName);
        var label = Find(data.Schema, "label", labelName);
        var score = Find(data.Schema, "score", scoreName);
        if (!score.Type.Equals(NumberDataViewType.Single))
            throw Mismatch("score", score, "Single");
        using var cursor = data.GetRowCursor([customer, product, label, score]);
        var (customers, products) = (new IdPool(), new IdPool());
        var customerOf = NumberOf(cursor, "customer", customer, customers);
        var productOf = NumberOf(cursor, "product", product, products);
        var isBought = IsBought(cursor, label);
        var getScore = cursor.GetGetter<float>(score);
        var rows = new ScoredRows();
        var value = 0f;
        while (cursor.MoveNext())
        {
            var number = customerOf();
            if (number == rows._ofCustomers.Count)
                rows._ofCustomers.Add([]);
            getScore(ref value);
            if (float.IsNaN(value))
            {
                throw new InvalidOperationException(
                    $"Column '{scoreName}' holds NaN in row {cursor.Position}; drop such rows with FilterRowsByMissingValues, or score them.");
            }

            rows._ofCustomers[number].Add(new ScoredRow(productOf(), value, isBought()));
        }

        rows.Products = products.Count;
        return rows;
    }

    private static Func<int> NumberOf(DataViewRowCursor cursor, string role, DataViewSchema.Column column, IdPool ids)
    {
        if (column.Type is TextDataViewType)
        {
            var getText = cursor.GetGetter<ReadOnlyMemory<char>>(column);
            ReadOnlyMemory<char> text = default;
            return () =>
            {
                getText(ref text);
                return ids.Number(text.Span);
            };
        }

        if (column.Type is not KeyDataViewType || column.Type.RawType != typeof(uint))
            throw Mismatch(role, column, "String or Key<UInt32>");
        var getKey = cursor.GetGetter<uint>(column);
        var key = 0u;
        return () =>
        {
            getKey(ref key);
            Span<char> digits = stackalloc char[10];
            key.TryFormat(digits, out var length);
            return ids.Number(digits[..length]);
        };
    }

    private static Func<bool> IsBought(DataViewRowCursor cursor, DataViewSchema.Column label)
    {
        if (label.Type is BooleanDataViewType)
        {
            var getTruth = cursor.GetGetter<bool>(label);
            var truth = false;
            return () =>
            {
                getTruth(ref truth);
                return truth;
            };
        }

        if (!label.Type.Equals(NumberDataViewType.Single))
            throw Mismatch("label", label, "Boolean or Single");
        var getNumber = cursor.GetGetter<float>(label);
        var number = 0f;
        return () =>
        {
            getNumber(ref number);
            return float.IsNaN(number)
                ? throw new InvalidOperationException($"Column '{label.Name}' holds NaN in row {cursor.Position}.")
                : number > 0;
        };
    }

    // In the words and with the exception of ML.NET's own schema errors, whose constructors are not public.
    private static DataViewSchema.Column Find(DataViewSchema schema, string role, string name) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(schema), $"Could not find {role} column '{name}'");

    private static ArgumentOutOfRangeException Mismatch(string role, DataViewSchema.Column column, string expected) =>
        new(role, $"Schema mismatch for {role} column '{column.Name}': expected {expected}, got {column.Type}");
}
