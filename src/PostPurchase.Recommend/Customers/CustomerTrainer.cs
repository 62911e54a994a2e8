using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Customers;

/// <summary>Trains a <see cref="CustomerModel"/>.</summary>
internal sealed class CustomerTrainer(CustomerOptions options)
{
    /// <summary>Trains on all purchases; an empty log gives a model that expects an order every six weeks of anyone.</summary>
    public CustomerModel Train(PurchaseColumns columns, TrainingRun run)
    {
        options.Validate();
        run.Report("Customers", 0);
        var (visits, spend) = Collect(columns, run);
        var process = visits.Count == 0
            ? new VisitProcess(1, 1, 6, 1, 1, options.LeavesAtStart)
            : VisitProcessTrainer.FitRegularity(visits, options.MostRegularity, options.LeavesAtStart, run);
        var model = new CustomerModel(process, SpendProcessTrainer.Fit(spend, run), options.DiscountPerYear);
        run.Report("Customers", 1);
        return model;
    }

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
            // One order tells nothing about how much a customer's orders differ.
            if (CustomerRecords.Spend(columns, customer, columns.LastDay + 1) is { Orders: > 1 } spent)
                spend.Add(spent);
        }

        return (visits, spend);
    }
}
