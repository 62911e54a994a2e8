using System.Collections.Concurrent;

namespace PostPurchase.Recommend.Orders;

/// <summary>
/// Turns checked lines into the columns of a history: numbers ids in ordinal order, merges the lines of every customer, and puts
/// the customers' rows behind each other.
/// </summary>
internal sealed class HistoryMerger(HistoryBuilder builder)
{
    private const int BlockCustomers = 256;
    private readonly LogLineList _lines = builder.Lines;
    private readonly TrainingRun _run = new() { Cancellation = builder.Options.Cancellation };

    public PurchaseHistory Merge()
    {
        var (customerIds, customerPlace) = builder.Customers.Sort();
        var (productIds, productPlace) = builder.Products.Sort();
        var (order, start) = GroupByCustomer(customerPlace, productPlace);
        var blocks = MergeCustomers(order, start);
        // All that the lines said is in the blocks now, and both together need not be held while the columns are built.
        _lines.Clear();
        var report = Report(blocks);
        var rows = Starts(blocks, static block => block.RowEnd, customerIds.Length);
        var hasPrices = blocks.Any(block => block.HasPrices);
        var hasDeliveries = blocks.Any(block => block.HasDeliveries);
        var category = Categories(productPlace, productIds);
        var columns = new IdTrimmer(customerIds, productIds).Trim(
            rows,
            Column(blocks, static block => block.Day),
            Column(blocks, static block => block.Product),
            Column(blocks, static block => block.Quantity),
            hasPrices ? Column(blocks, static block => block.UnitPrice) : [],
            hasDeliveries ? Column(blocks, static block => block.DeliveredDay) : [],
            Interactions(blocks, customerIds.Length),
            category,
            number => builder.Categories[number],
            builder.Options.Catalog);
        var takenBack = Column(blocks, static block => block.TakenBack);
        return new PurchaseHistory(
            columns,
            report,
            builder.Options.Catalog,
            takenBack.Length == 0
                ? null
                : new ReturnedPurchases(customerIds, productIds, Array.ConvertAll(category, number => number < 0 ? null : builder.Categories[number]), takenBack));
    }

    /// <summary>Gives the lines their final numbers, and returns every customer's places in the list.</summary>
    private (int[] Order, int[] Start) GroupByCustomer(int[] customerPlace, int[] productPlace)
    {
        var start = new int[customerPlace.Length + 1];
        for (var chunk = 0; chunk < _lines.Chunks; chunk++)
        {
            foreach (ref var line in _lines.Chunk(chunk))
            {
                line.Customer = customerPlace[line.Customer];
                line.Product = productPlace[line.Product];
                start[line.Customer + 1]++;
            }
        }

        for (var c = 1; c < start.Length; c++)
            start[c] += start[c - 1];
        var next = start.AsSpan(0, customerPlace.Length).ToArray();
        var order = new int[_lines.Count];
        var place = 0;
        for (var chunk = 0; chunk < _lines.Chunks; chunk++)
        {
            foreach (ref readonly var line in _lines.Chunk(chunk))
                order[next[line.Customer]++] = place++;
        }

        return (order, start);
    }

    private MergedRows[] MergeCustomers(int[] order, int[] start)
    {
        var customers = start.Length - 1;
        var blocks = new MergedRows[(customers + BlockCustomers - 1) / BlockCustomers];
        ConcurrentBag<CustomerMerger> idle = [];
        ParallelRows.For(customers, BlockCustomers, _run, (first, last) =>
        {
            if (!idle.TryTake(out var merger))
                merger = new CustomerMerger(_lines, builder.ReturnsCancel);
            for (var c = first; c < last; c++)
                merger.Merge(order.AsSpan(start[c]..start[c + 1]));
            blocks[first / BlockCustomers] = merger.Take();
            idle.Add(merger);
        });
        return blocks;
    }

    private static T[] Column<T>(MergedRows[] blocks, Func<MergedRows, List<T>> column)
    {
        var all = new T[blocks.Sum(block => column(block).Count)];
        var to = 0;
        foreach (var block in blocks)
        {
            var values = column(block);
            values.CopyTo(all, to);
            to += values.Count;
            // The block's copy is of no more use, and all columns together are large.
            values.Clear();
            values.TrimExcess();
        }

        return all;
    }

    private static int[] Starts(MergedRows[] blocks, Func<MergedRows, List<int>> ends, int customers)
    {
        var start = new int[customers + 1];
        var (customer, before) = (0, 0);
        foreach (var block in blocks)
        {
            foreach (var end in ends(block))
                start[++customer] = before + end;
            before = start[customer];
        }

        return start;
    }

    private static InteractionColumns Interactions(MergedRows[] blocks, int customers)
    {
        var start = Starts(blocks, static block => block.InteractionEnd, customers);
        return start[^1] == 0
            ? InteractionColumns.None
            : new InteractionColumns(
                start,
                Column(blocks, static block => block.InteractionDay),
                Column(blocks, static block => block.InteractionProduct),
                Column(blocks, static block => block.InteractionKind),
                Column(blocks, static block => block.InteractionCount));
    }

    private int[] Categories(int[] productPlace, string[] productIds)
    {
        var category = new int[productIds.Length];
        Array.Fill(category, -1);
        for (var product = 0; product < builder.CategoryOfProduct.Count; product++)
            category[productPlace[product]] = builder.CategoryOfProduct[product];
        if (builder.Options.Catalog is { } catalog)
        {
            // What the shop's catalogue says goes before what single lines said.
            for (var p = 0; p < productIds.Length; p++)
            {
                if (catalog.Find(productIds[p])?.Category is { Length: > 0 } name)
                    category[p] = builder.Categories.Number(name);
            }
        }

        return category;
    }

    private IngestReport Report(MergedRows[] blocks)
    {
        foreach (var line in blocks.SelectMany(block => block.UnmatchedReturns))
            builder.Rejections.Add(line, RejectionReason.UnmatchedReturn, "no earlier purchase of the product by the customer");
        return new IngestReport
        {
            LinesRead = builder.LinesRead,
            Accepted = blocks.Sum(block => block.Accepted),
            Merged = blocks.Sum(block => block.Merged),
            ExactDuplicates = blocks.Sum(block => block.Duplicates),
            Returned = blocks.Sum(block => block.Returned),
            RejectedByReason = builder.Rejections.Counts(),
            RejectedSamples = builder.Rejections.Samples(),
        };
    }
}
