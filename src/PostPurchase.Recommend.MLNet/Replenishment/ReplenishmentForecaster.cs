using PostPurchase.Recommend.MLNet.Storage;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.MLNet.Replenishment;

/// <summary>A replenishment model with the history it forecasts from and the columns it is asked by. Immutable and safe to use from any number of threads.</summary>
internal sealed class ReplenishmentForecaster(
    ReplenishmentModel model, PurchaseColumns history, int horizonDays, UnknownIds unknownIds, ReplenishmentColumns columns)
{
    /// <summary>The section that tells this kind of model from others.</summary>
    public const string Section = "replenishment";

    // Order lines alone name no needs; beyond that the answers are those of the library's own model.
    private readonly ProductForecasts _forecasts = new(history, model, groups: null);
    private readonly IdLookup _customers = new(history.Customers);
    private readonly IdLookup _products = new(history.Products);

    public ReplenishmentColumns Columns => columns;

    public ReplenishmentForecast Forecast(ReadOnlyMemory<char> customerId, ReadOnlyMemory<char> productId, DateOnly asOf)
    {
        var customer = _customers.Find(customerId, "customer", unknownIds);
        var product = _products.Find(productId, "product", unknownIds);
        return _forecasts.Forecast(customer, product, asOf.DayNumber).For(customerId.ToString(), productId.ToString(), asOf, history.Products);
    }

    public void Answer(ReplenishmentQuestion question, ReplenishmentAnswer answer)
    {
        var forecast = Forecast(question.Customer, question.Product, DateOnly.FromDateTime(question.Time));
        answer.Score = (float)forecast.ProbabilityWithin(horizonDays);
        answer.Evidence = forecast.Evidence.ToString();
        // A DateTime column has no missing value: "no date" is the first day of the calendar, and the evidence says so.
        answer.DueDate = Midnight(forecast.DueDate);
        var window = forecast.Window();
        answer.WindowFrom = Midnight(window?.From);
        answer.WindowUntil = Midnight(window?.Until);
    }

    public string ToText() => StoredText.Of(Write);

    public static ReplenishmentForecaster FromText(ReadOnlyMemory<char> text) => StoredText.Read(text, Read);

    private void Write(ModelFileWriter writer)
    {
        writer.Section("answers", section =>
        {
            section.Write(horizonDays);
            section.Write((int)unknownIds);
            section.WriteStrings([columns.Customer, columns.Product, columns.Time]);
        });
        writer.Section("history", section => HistorySection.Write(history, section));
        writer.Section(Section, model.Write);
    }

    private static ReplenishmentForecaster Read(ModelFileReader reader)
    {
        var (horizonDays, unknownIds, names) = reader.Section(
            "answers", section => (section.ReadInt32(), (UnknownIds)section.ReadInt32(), section.ReadStrings()));
        var history = reader.Section("history", HistorySection.Read);
        var columns = new ReplenishmentColumns(names[0], names[1], names[2], null);
        return new ReplenishmentForecaster(reader.Section(Section, ReplenishmentModel.Read), history, horizonDays, unknownIds, columns);
    }

    private static DateTime Midnight(DateOnly? day) => (day ?? DateOnly.MinValue).ToDateTime(TimeOnly.MinValue);
}
