using Microsoft.ML;
using PostPurchase.Recommend.MLNet.Storage;

namespace PostPurchase.Recommend.MLNet.Replenishment;

/// <summary>
/// Forecasts when customers buy products next. A row asks for a customer and a product as of its time: purchases on or after that
/// day are not looked at. Adds the columns <c>Score</c> (Single; the probability of a purchase within the horizon, counted from the
/// row's day), <c>DueDate</c> (DateTime; the conditional median of the next purchase), <c>WindowFrom</c> and <c>WindowUntil</c>
/// (DateTime; the half-open window that holds 80 % of the purchases that do happen) and <c>Evidence</c> (text; the name of an
/// <see cref="Evidence"/>). Where the evidence is <see cref="Evidence.NotPredictable"/> the dates are the first day of the calendar.
/// </summary>
/// <remarks>
/// It knows customers, products, times and quantities. Categories, pack sizes, deliveries, and which products serve one need or use up which others,
/// as a <see cref="PostPurchase.Recommend.Orders.ProductCatalog"/> says, are known to a <see cref="PostPurchaseModel"/> only: there who has just bought another brand is due later, here it makes no difference.
/// Immutable and safe to use from any number of threads. A transformer that was loaded from a file is a chain of ML.NET's own type
/// with the same answers; <see cref="PostPurchaseCatalog.Replenishment"/> makes it one of this type again.
/// </remarks>
public sealed class ReplenishmentTransformer : SavableTransformer
{
    private readonly ReplenishmentForecaster _forecaster;

    internal ReplenishmentTransformer(MLContext mlContext, ReplenishmentForecaster forecaster)
        : base(mlContext) => _forecaster = forecaster;

    private ReplenishmentColumns Columns => _forecaster.Columns;

    /// <summary>The whole forecast of one customer and product, of which the columns are a part.</summary>
    /// <param name="customerId">The customer; may be unknown to the model.</param>
    /// <param name="productId">The product; may be unknown to the model.</param>
    /// <param name="asOf">The day the question is asked; purchases on or after it are not looked at.</param>
    public ReplenishmentForecast Forecast(string customerId, string productId, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(customerId);
        ArgumentNullException.ThrowIfNull(productId);
        return _forecaster.Forecast(customerId.AsMemory(), productId.AsMemory(), asOf);
    }

    private protected override ITransformer CreateAnswers()
    {
        var rows = ReplenishmentMappings.Rows(Columns);
        return Context.Transforms.CustomMapping<ReplenishmentQuestion, ReplenishmentAnswer>(_forecaster.Answer, contractName: null, rows)
            .Fit(Context.Data.LoadFromEnumerable<ReplenishmentQuestion>([], rows));
    }

    private protected override ITransformer CreateSaved() => Chain(
        Context.Data.LoadFromEnumerable<ReplenishmentQuestion>([], ReplenishmentMappings.Rows(Columns)),
        [(ReservedColumns.Customer, Columns.Customer), (ReservedColumns.Product, Columns.Product), (ReservedColumns.Time, Columns.Time)],
        _forecaster.ToText(),
        Context.Transforms.CustomMapping<StoredReplenishmentQuestion, ReplenishmentAnswer>(
            ReplenishmentAnswerFactory.Map, ReplenishmentAnswerFactory.Contract));
}
