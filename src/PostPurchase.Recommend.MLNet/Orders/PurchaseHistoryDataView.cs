using Microsoft.ML;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.MLNet.Orders;

/// <summary>Purchase histories from and to <see cref="IDataView"/>.</summary>
public static class PurchaseHistoryDataView
{
    extension(PurchaseHistory)
    {
        /// <summary>Builds a history from the rows of a view, in any order: one cursor over the needed columns, no copy of the rows.</summary>
        /// <param name="data">The view.</param>
        /// <param name="columns">The names of its columns; the default names when <see langword="null"/>.</param>
        /// <param name="options">How to read the rows; the default options when <see langword="null"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
        /// <exception cref="MalformedInputException">A row is malformed and the options say to stop.</exception>
        /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
        public static PurchaseHistory FromDataView(IDataView data, OrderColumnNames? columns = null, IngestOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(data);
            var builder = new HistoryBuilder(options ?? new IngestOptions(), "data view");
            new OrderRowReader(data.Schema, columns ?? new OrderColumnNames()).Read(data, builder);
            return builder.Build();
        }
    }

    /// <summary>
    /// The purchases as a view with the columns <c>CustomerId</c> and <c>ProductId</c> (text), <c>Time</c> (DateTime), <c>Quantity</c>
    /// and <c>UnitPrice</c> (Single, NaN where unknown) and <c>Category</c> (text, empty where unknown), sorted by customer, day and
    /// product. Rows are made when a cursor asks for them; nothing is copied.
    /// </summary>
    /// <param name="history">The history.</param>
    /// <param name="mlContext">The context the view belongs to.</param>
    public static IDataView ToDataView(this PurchaseHistory history, MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(mlContext);
        return mlContext.Data.LoadFromEnumerable(PurchaseRow.Of(history.Columns));
    }
}
