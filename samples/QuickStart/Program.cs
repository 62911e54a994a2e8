using PostPurchase.QuickStart;
using PostPurchase.Recommend;
using PostPurchase.Recommend.Orders;
using PostPurchase.Samples;

if (args.Length > 1)
    return Fail("usage: QuickStart [ORDERS.csv | ORDERS.csv.gz]");
try
{
    Console.WriteLine(args is [var named] ? $"Reading {named}" : "Reading the simulated store (a CSV or CSV.gz given as argument is read instead)");
    var history = args is [var path] ? PurchaseHistory.FromCsv(path, new() { MalformedLines = MalformedLines.Throw }) : PurchaseHistory.From(SimulatedStore.Create(new() { Customers = 600 }).Lines);
    Report.Ingest(history);
    if (history.PurchaseCount == 0)
        return Fail($"{string.Concat(args)}: there is no purchase to learn from");

    var model = new PostPurchaseTrainer().Train(history);

    var tomorrow = history.LastDay.AddDays(1);
    var nextWeek = DateWindow.Of(tomorrow, 7);
    var due = await model.DueAsync(new() { Window = nextWeek }).ToListAsync();
    Report.List(model, Report.BusiestCustomer(due) ?? history.CustomerIds[0], tomorrow);
    Report.Due(due, nextWeek);
    return 0;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
{
    return Fail(error.Message);
}

static int Fail(string reason)
{
    Console.Error.WriteLine(reason.ReplaceLineEndings(" "));
    return 2;
}
