using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PostPurchase.Recommend.Benchmarks.Scale;

/// <summary>Runs logs of growing length through everything and says how time and memory grow with the lines.</summary>
internal static class ScaleRuns
{
    /// <summary>Runs every size, given in millions of lines, in a process of its own.</summary>
    public static int Run(string millionsOfLines)
    {
        var folder = Directory.CreateTempSubdirectory("postpurchase-scale");
        List<ScaleFigures> runs = [];
        try
        {
            foreach (var size in millionsOfLines.Split(','))
            {
                var log = Path.Combine(folder.FullName, "log.csv.gz");
                ScaleLog.Write(log, (long)(double.Parse(size, CultureInfo.InvariantCulture) * 1e6));
                var run = RunApart(log);
                if (run is null)
                    return 1;
                runs.Add(run);
                Print(run);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        if (runs.Count > 1)
            PrintExponents(runs);
        return 0;
    }

    /// <summary>What the process of one size does: measures and prints its figures as the last line.</summary>
    public static int RunOne(string log)
    {
        Console.WriteLine(JsonSerializer.Serialize(new ScaleStages().Run(log)));
        return 0;
    }

    private static ScaleFigures? RunApart(string log)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        // Run by `dotnet some.dll` the process is dotnet itself, and its first argument is this assembly.
        if (Path.GetFileNameWithoutExtension(start.FileName).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(typeof(ScaleRuns).Assembly.Location);
        start.ArgumentList.Add("scale-one");
        start.ArgumentList.Add(log);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0)
            return JsonSerializer.Deserialize<ScaleFigures>(output);
        Console.Error.WriteLine($"The run ended with exit code {process.ExitCode}: {output}");
        return null;
    }

    private static void Print(ScaleFigures run)
    {
        Console.WriteLine(FormattableString.Invariant($"{run.Lines:#,0} lines, {run.Customers:#,0} customers, {run.Products:#,0} products"));
        Console.WriteLine("| stage | seconds | processor seconds | peak MB so far | |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var stage in run.Stages)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"| {stage.Name} | {stage.Seconds:0.00} | {stage.CpuSeconds:0.00} | {stage.PeakBytes / 1e6:0} | {stage.Note} |"));
        }

        Console.WriteLine(FormattableString.Invariant(
            $"| together | {run.Stages.Sum(s => s.Seconds):0.0} | {run.Stages.Sum(s => s.CpuSeconds):0.0} | {run.Stages.Max(s => s.PeakBytes) / 1e6:0} | |"));
        Console.WriteLine();
    }

    private static void PrintExponents(List<ScaleFigures> runs)
    {
        Console.WriteLine("| exponent of | seconds | processor seconds | peak memory |");
        Console.WriteLine("| --- | --- | --- | --- |");
        for (var stage = 0; stage < runs[0].Stages.Count; stage++)
        {
            var at = stage;
            Print(runs[0].Stages[at].Name, run => run.Stages[at].Seconds, run => run.Stages[at].CpuSeconds, run => run.Stages[at].PeakBytes);
        }

        Print("together", run => run.Stages.Sum(s => s.Seconds), run => run.Stages.Sum(s => s.CpuSeconds), run => run.Stages.Max(s => s.PeakBytes));

        void Print(string name, params Func<ScaleFigures, double>[] figures) =>
            Console.WriteLine($"| {name} | " + string.Join(" | ", figures.Select(f => Slope(runs, f).ToString("0.00", CultureInfo.InvariantCulture))) + " |");
    }

    /// <summary>The slope of the logarithm of a figure against the logarithm of the lines, by least squares.</summary>
    private static double Slope(List<ScaleFigures> runs, Func<ScaleFigures, double> figure)
    {
        var x = runs.Select(run => Math.Log(run.Lines)).ToArray();
        var y = runs.Select(run => Math.Log(Math.Max(figure(run), 1e-6))).ToArray();
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }
}
