using Microsoft.ML;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>Reads a view by one cursor over the needed columns; of the rows it keeps three numbers each.</summary>
internal sealed class FactorRowReader(FactorColumns columns, CancellationToken cancellation)
{
    private const int RowsPerCheck = 1 << 14;
    private readonly IdPool _customers = new();
    private readonly IdPool _products = new();
    private readonly List<int> _customer = [];
    private readonly List<int> _product = [];
    private readonly List<float> _quantity = [];

    public InteractionMatrix Read(IDataView input, out string[] customers, out string[] products)
    {
        var schema = input.Schema;
        List<DataViewSchema.Column> needed = [schema[columns.Customer], schema[columns.Product]];
        if (columns.Quantity is { } name)
            needed.Add(schema[name]);
        using (var cursor = input.GetRowCursor(needed))
        {
            var customer = cursor.GetGetter<ReadOnlyMemory<char>>(needed[0]);
            var product = cursor.GetGetter<ReadOnlyMemory<char>>(needed[1]);
            var quantity = columns.Quantity is null ? null : cursor.GetGetter<float>(needed[2]);
            while (cursor.MoveNext())
            {
                Add(cursor.Position, customer, product, quantity);
                if (_customer.Count % RowsPerCheck == 0)
                    cancellation.ThrowIfCancellationRequested();
            }
        }

        if (_customer.Count == 0)
            throw new InvalidOperationException("The input view holds no rows: there is nothing to learn from.");
        (customers, var customerPlace) = _customers.Sort();
        (products, var productPlace) = _products.Sort();
        // Numbers in the order of the ids, so that the order of the rows does not matter.
        return InteractionMatrix.FromTriples(
            customers.Length, products.Length, Placed(_customer, customerPlace), Placed(_product, productPlace), _quantity.ToArray());
    }

    private void Add(
        long row, ValueGetter<ReadOnlyMemory<char>> customer, ValueGetter<ReadOnlyMemory<char>> product, ValueGetter<float>? quantity)
    {
        ReadOnlyMemory<char> id = default;
        customer(ref id);
        _customer.Add(_customers.Number(Filled(id, columns.Customer, row)));
        product(ref id);
        _product.Add(_products.Number(Filled(id, columns.Product, row)));
        if (quantity is null)
            return;
        var value = 0f;
        quantity(ref value);
        if (!(value > 0 && float.IsFinite(value)))
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Column '{columns.Quantity}' holds {value} in row {row}, where a positive, finite number belongs."));
        }

        _quantity.Add(value);
    }

    private static ReadOnlySpan<char> Filled(ReadOnlyMemory<char> id, string column, long row)
    {
        var text = id.Span.Trim();
        return text.IsEmpty ? throw new InvalidOperationException($"Column '{column}' holds no id in row {row}.") : text;
    }

    private static int[] Placed(List<int> numbers, int[] place)
    {
        var placed = new int[numbers.Count];
        for (var i = 0; i < placed.Length; i++)
            placed[i] = place[numbers[i]];
        return placed;
    }
}
