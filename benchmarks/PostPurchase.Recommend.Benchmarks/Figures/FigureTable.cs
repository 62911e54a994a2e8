using System.Globalization;

namespace PostPurchase.Recommend.Benchmarks.Figures;

/// <summary>Measures every workload and prints one table, peers' results for the same workloads beside ours.</summary>
internal static class FigureTable
{
    /// <summary>Prints the table.</summary>
    /// <param name="peers">A CSV file with the columns name, workload and seconds; <see langword="null"/> for none.</param>
    public static int Print(string? peers)
    {
        var results = peers is null ? [] : Read(peers);
        Console.WriteLine("| workload | who | seconds | ours is | |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        HashSet<string> known = [];
        foreach (var figure in ScoringFigures.Measure().Concat(LearningFigures.Factorization()).Concat(LearningFigures.Ingestion()))
        {
            known.Add(figure.Workload);
            Console.WriteLine(FormattableString.Invariant($"| {figure.Workload} | PostPurchase | {Text(figure.Seconds)} | | {figure.Against} |"));
            foreach (var (name, _, seconds) in results.Where(result => result.Workload == figure.Workload))
                Console.WriteLine(FormattableString.Invariant($"| {figure.Workload} | {name} | {Text(seconds)} | {seconds / figure.Seconds:0.00} x as fast | |"));
        }

        foreach (var (name, workload, _) in results.Where(result => !known.Contains(result.Workload)))
            Console.Error.WriteLine($"{name}: there is no workload '{workload}'.");
        return results.TrueForAll(result => known.Contains(result.Workload)) ? 0 : 2;
    }

    private static List<(string Name, string Workload, double Seconds)> Read(string path)
    {
        List<(string, string, double)> results = [];
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            if (index == 0 || line.Length == 0)
                continue;
            var cells = line.Split(',');
            if (cells.Length != 3 || !double.TryParse(cells[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || !(seconds > 0))
                throw new FormatException($"{path}, line {index + 1}: name,workload,seconds expected, but it is '{line}'.");
            results.Add((cells[0].Trim(), cells[1].Trim(), seconds));
        }

        return results;
    }

    private static string Text(double seconds) => seconds.ToString(seconds < 1e-3 ? "0.0000000" : "0.00000", CultureInfo.InvariantCulture);
}
