using PostPurchase.Recommend.Tests.Architecture.Fixtures.Nouns;
using PostPurchase.Recommend.Tests.Architecture.Fixtures.Orders;
using PostPurchase.Recommend.Tests.Architecture.Fixtures.Shapes;

namespace PostPurchase.Recommend.Tests.Architecture;

/// <summary>A rule that cannot fail holds nothing: each one is shown a small violation.</summary>
public sealed class RuleEngineTests
{
    private static readonly Type[] _layers =
        [.. typeof(Noun).Assembly.GetTypes().Where(t => t.Namespace?.EndsWith("Fixtures.Nouns", StringComparison.Ordinal) == true || t.Namespace?.EndsWith("Fixtures.Orders", StringComparison.Ordinal) == true)];

    [Fact]
    public void A_dependency_against_the_direction_is_seen_inside_bodies_and_closures()
    {
        var violations = new DependencyRules(UnitOf).Violations(_layers, new Dictionary<string, string[]> { ["Nouns"] = [], ["Orders"] = ["Nouns"] });

        Assert.Equal(["Nouns.ByBodyOnly knows Orders.Order", "Nouns.Noun knows Orders.Order"], violations);
    }

    [Fact]
    public void A_unit_that_the_design_does_not_have_is_seen()
    {
        var violations = new DependencyRules(UnitOf).Violations(_layers, new Dictionary<string, string[]> { ["Nouns"] = ["Orders"] });

        Assert.Equal(["Orders is no unit of the design"], violations);
    }

    [Fact]
    public void A_circle_is_seen_once() => Assert.Equal(["Nouns -> Orders -> Nouns"], new DependencyRules(UnitOf).Circles(_layers));

    [Fact]
    public void Without_a_circle_none_is_seen() => Assert.Empty(new DependencyRules(UnitOf).Circles([typeof(Order), typeof(Innocent)]));

    [Fact]
    public void Every_mention_of_a_type_is_found()
    {
        var found = MemberReferences.Types(typeof(Order));

        Assert.Contains(typeof(Noun), found);
        Assert.DoesNotContain(typeof(ByBodyOnly), found);
    }

    [Fact]
    public void Shapes_are_seen()
    {
        Assert.Equal(["SettableOptions.Factors can be set after construction"], ShapeRules.SettableProperties([typeof(SettableOptions), typeof(Innocent)]));
        Assert.Equal(["TrainsAndAnswers trains and answers"], ShapeRules.TrainsAndAnswers([typeof(TrainsAndAnswers), typeof(Innocent)]));
        Assert.Equal(["ChangingModel._calls can change"], ShapeRules.ChangingModels([typeof(ChangingModel), typeof(Innocent)]));
        Assert.Equal(["ChangingStatic.Counter is shared state that can change"], ShapeRules.ChangingStatics([typeof(ChangingStatic), typeof(Innocent)]));
        Assert.Equal(["OpenClass is neither sealed nor a base class"], ShapeRules.OpenClasses([typeof(OpenClass), typeof(Innocent)]));
        Assert.Equal(
            ["SymbolOptions: k is a symbol, not a name", "SymbolOptions: LambdaPrior is a symbol, not a name"],
            ShapeRules.Symbols([typeof(SymbolOptions), typeof(Innocent)]).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Banned_members_are_seen()
    {
        var rules = new BannedApiRules(File.ReadLines(Repository.PathOf("src", "PostPurchase.Recommend", "BannedSymbols.txt")));

        Assert.Equal(
            ["System.DateTime.UtcNow", "System.Random.#ctor(System.Int32)", "System.Console.WriteLine"],
            rules.Violations([typeof(Unrestrained), typeof(Innocent)]).Select(v => v.Split(" uses ")[1]));
    }

    [Fact]
    public void Files_and_folders_are_seen()
    {
        var directory = Directory.CreateTempSubdirectory("source-rules");
        try
        {
            Write("Good.cs", "internal sealed class Good;");
            Write("Good.Part.cs", "internal sealed partial class Good;");
            Write("Two.cs", "internal sealed class Two;\npublic readonly record struct Three(int X);");
            Write("Wrong.cs", "public enum Right\n{\n    A,\n}");
            Write(Path.Combine("Helpers", "Fine.cs"), "public interface Fine;");
            Write("Long.cs", "internal static class Long\n{\n" + new string('\n', 500) + "}");

            Write("Alone.cs", "internal sealed class Alone(string path) : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);");
            Write("Reader.cs", "internal sealed class Reader(string path) : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);");
            Write("Writer.cs", "internal sealed class Writer(string path) : FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);");

            Assert.Equal(
                [
                    "Alone.cs opens a file for reading without FileShare.Delete",
                    "Helpers/Fine.cs: Helpers says nothing of the domain",
                    "Long.cs has 503 lines, more than 400",
                    "Two.cs declares 2 types: Two, Three",
                    "Wrong.cs declares Right",
                ],
                SourceRules.Violations(directory.FullName).Select(v => v.Replace('\\', '/')).Order(StringComparer.Ordinal));
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        void Write(string name, string text)
        {
            var path = Path.Combine(directory.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    [Fact]
    public void A_listing_of_long_files_is_seen()
    {
        var directory = Directory.CreateTempSubdirectory("source-rules");
        try
        {
            File.WriteAllText(Path.Combine(directory.FullName, "Long.cs"), "internal static class Long\n{\n" + new string('\n', 150) + "}");

            Assert.Equal(["the median file has 153 lines, more than 100"], SourceRules.Violations(directory.FullName));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static string? UnitOf(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        var parts = type.Namespace?.Split('.') ?? [];
        return parts is [.., "Fixtures", var unit] ? unit : null;
    }
}
