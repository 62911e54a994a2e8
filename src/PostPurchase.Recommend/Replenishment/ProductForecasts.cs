using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// When customers buy products next: what the <see cref="ReplenishmentModel"/> says of them and, where the catalogue names the need that a product
/// serves, never more probable than that the need is met. Who bought another brand last week buys none. Immutable and safe to use from any number of threads.
/// </summary>
internal sealed class ProductForecasts(PurchaseColumns columns, ReplenishmentModel model, GroupForecasts? groups)
{
    // What else there is in a category may serve another need.
    private readonly GroupForecasts? _needs = columns.GroupIsNeed.Contains((byte)1) ? groups : null;

    public ConsumableLinks Links => model.FirstPurchases.Links;

    /// <summary>The forecast of one customer and product, either of which may be -1.</summary>
    public PairForecast Forecast(int customer, int product, int asOfDay) =>
        Within(customer, product, asOfDay, model.Forecast(columns, customer, product, asOfDay));

    /// <summary>The forecast of a product that the customer with these visits has never bought.</summary>
    public PairForecast FirstPurchase(int customer, int product, CustomerVisits visits) =>
        Within(customer, product, visits.AsOfDay, model.FirstPurchase(product, visits));

    /// <summary>The forecasts of many questions, as <see cref="ReplenishmentModel.ForEach"/>.</summary>
    public void ForEach(PurchasePairs pairs, int[] customer, int[] product, int asOfDay, TrainingRun run, Action<int, PairForecast> body) =>
        model.ForEach(columns, pairs, customer, product, asOfDay, run, _needs is null ? body : Within(customer, product, asOfDay, run, body));

    /// <summary>The forecasts of every pair bought before the day, as <see cref="ReplenishmentModel.ForEachPair"/>.</summary>
    public void ForEachPair(PurchasePairs pairs, int from, int until, int asOfDay, TrainingRun run, Action<int, PairForecast> body)
    {
        if (_needs is not null)
        {
            var (first, whole) = (pairs.CustomerStart[from], body);
            var customer = new int[pairs.CustomerStart[until] - first];
            for (var c = from; c < until; c++)
                customer.AsSpan((pairs.CustomerStart[c] - first)..(pairs.CustomerStart[c + 1] - first)).Fill(c);
            var within = Within(customer, pairs.Product.AsSpan(first, customer.Length), asOfDay, run, (i, forecast) => whole(first + i, forecast));
            body = (pair, forecast) => within(pair - first, forecast);
        }

        model.ForEachPair(columns, pairs, from, until, asOfDay, run, body);
    }

    private PairForecast Within(int customer, int product, int asOfDay, in PairForecast forecast) =>
        _needs is not null && columns.NeedOf(product) is >= 0 and var need
            ? model.Judge.Within(forecast, _needs.Forecast(customer, need, asOfDay))
            : forecast;

    // Each need is asked about once, however many of its products the customer buys.
    private Action<int, PairForecast> Within(ReadOnlySpan<int> customer, ReadOnlySpan<int> product, int asOfDay, TrainingRun run, Action<int, PairForecast> body)
    {
        Dictionary<(int Customer, int Need), int> asked = [];
        var question = new int[product.Length];
        for (var i = 0; i < question.Length; i++)
        {
            question[i] = -1;
            if (columns.NeedOf(product[i]) is >= 0 and var need && !asked.TryGetValue((customer[i], need), out question[i]))
                asked.Add((customer[i], need), question[i] = asked.Count);
        }

        var answers = new PairForecast[asked.Count];
        var (customers, needs) = (new int[answers.Length], new int[answers.Length]);
        foreach (var ((c, need), number) in asked)
            (customers[number], needs[number]) = (c, need);
        _needs!.ForEach(customers, needs, asOfDay, run, (number, need) => answers[number] = need);
        return (i, forecast) => body(i, question[i] < 0 ? forecast : model.Judge.Within(forecast, answers[question[i]]));
    }
}
