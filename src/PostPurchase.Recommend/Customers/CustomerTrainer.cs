using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Customers;

/// <summary>Trains a <see cref="CustomerModel"/>.</summary>
internal sealed class CustomerTrainer(CustomerOptions options)
{
    // Of a shop of a few days, whose own span says nothing of how long customers take to come back.
    private const double LeastUsualGap = 6;

    /// <summary>Trains on all purchases; an empty log gives a model that expects an order every six weeks of anyone.</summary>
    public CustomerModel Train(PurchaseColumns columns, TrainingRun run)
    {
        options.Validate();
        run.Report("Customers", 0);
        var (visits, spend) = Collect(columns, run);
        var process = FitVisits(columns, visits, run);
        var model = new CustomerModel(process, FitSpend(spend, run), options.DiscountPerYear);
        run.Report("Customers", 1);
        return model;
    }

    // Where customers have not come back yet there is no likeliest process, and little to tell one from another where few have.
    private VisitProcess FitVisits(PurchaseColumns columns, List<VisitRecord> visits, TrainingRun run)
    {
        if (visits.Count == 0)
            return new VisitPrior(LeastUsualGap).Likeliest(options.LeavesAtStart);
        var span = (columns.LastDay + 1 - columns.FirstDay) / CustomerRecords.DaysPerUnit;
        var prior = new VisitPrior(Math.Max(LeastUsualGap, span));
        return VisitProcessTrainer.FitRegularity(visits, options.MostRegularity, options.LeavesAtStart, run, prior);
    }

    // One order tells nothing about how much a customer's orders differ, but what an order costs.
    private static SpendProcess? FitSpend(List<SpendRecord> spend, TrainingRun run) =>
        spend.Count == 0
            ? null
            : SpendProcessTrainer.Fit([.. spend.Where(record => record.Orders > 1)], run, new SpendPrior(spend.Average(record => record.MeanValue)));

    private (List<VisitRecord> Visits, List<SpendRecord> Spend) Collect(PurchaseColumns columns, TrainingRun run)
    {
        List<VisitRecord> visits = [];
        List<SpendRecord> spend = [];
        var random = new SeededRandom(run.Seed);
        // Visitors who have only looked are no customers yet.
        int[] buyers = [.. Enumerable.Range(0, columns.Customers.Count).Where(customer => columns.CustomerStart[customer + 1] > columns.CustomerStart[customer])];
        for (var i = 0; i < buyers.Length; i++)
        {
            // Selection sampling (Knuth, TAOCP 3.4.2, algorithm S): as many as wanted, every customer alike, in order.
            var wanted = options.MostLearningCustomers - visits.Count;
            if (random.NextDouble() * (buyers.Length - i) >= wanted)
                continue;
            var customer = buyers[i];
            if (CustomerRecords.Visits(columns, customer, columns.LastDay + 1) is { } record)
                visits.Add(record);
            if (CustomerRecords.Spend(columns, customer, columns.LastDay + 1) is { } spent)
                spend.Add(spent);
        }

        return (visits, spend);
    }
}
