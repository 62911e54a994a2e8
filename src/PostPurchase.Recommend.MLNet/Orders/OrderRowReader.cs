using Microsoft.ML;
using Microsoft.ML.Data;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.MLNet.Orders;

/// <summary>Finds the columns of orders in a schema and hands the rows of a view to a history, one after the other.</summary>
internal sealed class OrderRowReader
{
    private const int RowsPerCheck = 1 << 14;
    private readonly DataViewSchema.Column _customer;
    private readonly DataViewSchema.Column _product;
    private readonly DataViewSchema.Column _time;
    private readonly DataViewSchema.Column? _quantity;
    private readonly DataViewSchema.Column? _packSize;
    private readonly DataViewSchema.Column? _unitPrice;
    private readonly DataViewSchema.Column? _order;
    private readonly DataViewSchema.Column? _category;

    public OrderRowReader(DataViewSchema schema, OrderColumnNames names)
    {
        _customer = Find(schema, "customer", names.Customer, TextDataViewType.Instance);
        _product = Find(schema, "product", names.Product, TextDataViewType.Instance);
        _time = Find(schema, "time", names.Time, DateTimeDataViewType.Instance);
        _quantity = FindOptional(schema, "quantity", names.Quantity, NumberDataViewType.Single);
        _packSize = FindOptional(schema, "pack size", names.PackSize, NumberDataViewType.Single);
        _unitPrice = FindOptional(schema, "unit price", names.UnitPrice, NumberDataViewType.Single);
        _order = FindOptional(schema, "order id", names.OrderId, TextDataViewType.Instance);
        _category = FindOptional(schema, "category", names.Category, TextDataViewType.Instance);
    }

    public void Read(IDataView data, HistoryBuilder builder)
    {
        DataViewSchema.Column?[] columns = [_customer, _product, _time, _quantity, _packSize, _unitPrice, _order, _category];
        using var cursor = data.GetRowCursor(columns.OfType<DataViewSchema.Column>());
        var customer = cursor.GetGetter<ReadOnlyMemory<char>>(_customer);
        var product = cursor.GetGetter<ReadOnlyMemory<char>>(_product);
        var time = cursor.GetGetter<DateTime>(_time);
        var quantity = Getter(cursor, _quantity, 1f);
        var packSize = Getter(cursor, _packSize, float.NaN);
        var unitPrice = Getter(cursor, _unitPrice, float.NaN);
        var order = Getter(cursor, _order, ReadOnlyMemory<char>.Empty);
        var category = Getter(cursor, _category, ReadOnlyMemory<char>.Empty);
        ReadOnlyMemory<char> customerId = default, productId = default, orderId = default, categoryName = default;
        DateTime placedAt = default;
        float units = 0, held = 0, price = 0;
        while (cursor.MoveNext())
        {
            customer(ref customerId);
            product(ref productId);
            time(ref placedAt);
            quantity(ref units);
            packSize(ref held);
            unitPrice(ref price);
            order(ref orderId);
            category(ref categoryName);
            builder.Add(
                cursor.Position + 1, customerId.Span, productId.Span, placedAt, units, Known(held), Known(price),
                orderId.Span, null, categoryName.Span, InteractionKind.Purchase);
            if (cursor.Position % RowsPerCheck == 0)
                builder.Options.Cancellation.ThrowIfCancellationRequested();
        }
    }

    // NaN is ML.NET's word for a missing number.
    private static double? Known(float value) => float.IsNaN(value) ? null : value;

    private static ValueGetter<T> Getter<T>(DataViewRow cursor, DataViewSchema.Column? column, T otherwise) =>
        column is { } there ? cursor.GetGetter<T>(there) : (ref T value) => value = otherwise;

    private static DataViewSchema.Column? FindOptional(DataViewSchema schema, string role, string? name, DataViewType type) =>
        name is null ? null : Find(schema, role, name, type);

    // In the words and with the exception of ML.NET's own schema errors, whose constructors are not public.
    private static DataViewSchema.Column Find(DataViewSchema schema, string role, string name, DataViewType type)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            throw new ArgumentOutOfRangeException(nameof(schema), $"Could not find {role} column '{name}'");
        return column.Type.Equals(type)
            ? column
            : throw new ArgumentOutOfRangeException(
                nameof(schema), $"Schema mismatch for {role} column '{name}': expected {type}, got {column.Type}");
    }
}
