namespace PostPurchase.Recommend.Tests.Architecture;

/// <summary>The design of the library: its folders, and what each of them may know.</summary>
internal static class LibraryUnits
{
    private const string Root = "PostPurchase.Recommend";
    private const string Nouns = "Nouns";
    private const string Doors = "Doors";

    private static readonly string[] _primitives = [Nouns, "Orders", "Scoring", "Persistence", "Boosting"];
    private static readonly string[] _four = ["Factorization", "Customers", "Complements", "Replenishment"];

    public static IReadOnlyDictionary<string, string[]> MayKnow { get; } = new Dictionary<string, string[]>
    {
        [Nouns] = [],
        ["Persistence"] = [Nouns],
        ["Scoring"] = [Nouns],
        ["Orders"] = [Nouns, "Persistence"],
        ["Boosting"] = [Nouns, "Persistence"],
        ["Factorization"] = _primitives,
        ["Customers"] = _primitives,
        ["Complements"] = _primitives,
        ["Replenishment"] = [.. _primitives, "Customers"],
        ["Ranking"] = [.. _primitives, .. _four],
        ["Planning"] = [.. _primitives, .. _four, "Ranking"],
        [Doors] = [.. _primitives, .. _four, "Ranking", "Planning"],
        ["Evaluation"] = [.. _primitives, .. _four, "Ranking", "Planning", Doors],
        ["DependencyInjection"] = [.. _primitives, .. _four, "Ranking", "Planning", Doors],
    };

    /// <summary>The unit of a type of the library: its folder; the root folder holds the nouns and the doors, whose names start with PostPurchase.</summary>
    public static string? Of(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        if (type.Assembly != typeof(IRecommender).Assembly || type.Namespace?.StartsWith(Root, StringComparison.Ordinal) != true)
            return null;
        if (type.Namespace != Root)
            return type.Namespace[(Root.Length + 1)..].Split('.')[0];
        return type.Name.StartsWith("PostPurchase", StringComparison.Ordinal) ? Doors : Nouns;
    }
}
