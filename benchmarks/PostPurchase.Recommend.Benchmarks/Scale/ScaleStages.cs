using System.Diagnostics;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Benchmarks.Scale;

/// <summary>One size from the file to the forecasts, in a process of its own, so that peaks are its own.</summary>
internal sealed class ScaleStages
{
    // So many lists tell the time of one well enough, and all of them would take hours at the largest size.
    private const int MostCustomersAsked = 20_000;

    private readonly List<ScaleStage> _stages = [];

    public ScaleFigures Run(string log)
    {
        var history = Time("read", () => PurchaseHistory.FromCsv(log));
        var (lines, customers, products) = (history.Report.LinesRead, history.CustomerCount, history.ProductCount);
        var times = new StageTimes();
        var model = Time("train", () => new PostPurchaseTrainer().Train(history, new TrainingRun { Progress = times }), times.ToString);
        // Reading and training are over: what only they hold must not count for what follows.
        history = null;
        var file = log + ".model";
        try
        {
            _ = Time("save", () =>
            {
                model.Save(file);
                return 0;
            }, () => FormattableString.Invariant($"{new FileInfo(file).Length / 1e6:0} MB"));
            model = null;
            model = Time("load", () => PostPurchaseModel.Load(file));
        }
        finally
        {
            File.Delete(file);
        }

        var asked = Math.Min(customers, MostCustomersAsked);
        var queries = new RecommendationQuery[asked];
        for (var i = 0; i < asked; i++)
            queries[i] = new RecommendationQuery { CustomerId = model.CustomerIds[(int)((long)i * customers / asked)] };
        // The first request packs what all later ones use.
        _ = Time("first request", () => model.Recommend(queries[0]));
        _ = Time("recommend", () => model.RecommendAll(queries), () => Asked(asked, "customers"), (double)customers / asked);
        var forecasts = 0L;
        _ = Time("forecast", () => forecasts = model.ForecastAll(model.LastDay.AddDays(1)).LongCount(), () => Asked(forecasts, "pairs"));
        return new ScaleFigures(lines, customers, products, _stages);
    }

    private static string Asked(long count, string what) => FormattableString.Invariant($"{count:#,0} {what} asked");

    private T Time<T>(string name, Func<T> stage, Func<string>? note = null, double share = 1)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var result = stage();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        _stages.Add(new ScaleStage(
            name, seconds * share, (process.TotalProcessorTime - processor).TotalSeconds * share, process.PeakWorkingSet64, note?.Invoke() ?? ""));
        return result;
    }
}
