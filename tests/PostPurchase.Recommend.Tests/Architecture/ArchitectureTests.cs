using System.Reflection;
using System.Xml.Linq;

namespace PostPurchase.Recommend.Tests.Architecture;

public sealed class ArchitectureTests
{
    private static readonly Assembly _library = typeof(IRecommender).Assembly;
    private static readonly Type[] _types = _library.GetTypes();

    // The packages that the library may stand on, and no other: each one is a version its users have to live with.
    private static readonly string[] _packages =
    [
        "CsvHelper", "MathNet.Numerics", "Microsoft.CodeAnalysis.BannedApiAnalyzers", "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions", "System.Numerics.Tensors",
    ];

    [Fact]
    public void Dependencies_point_one_way() =>
        Assert.Empty(new DependencyRules(LibraryUnits.Of).Violations(_types, LibraryUnits.MayKnow));

    [Fact]
    public void There_are_no_circles() => Assert.Empty(new DependencyRules(LibraryUnits.Of).Circles(_types));

    [Fact]
    public void Files_and_folders_are_the_table_of_contents() => Assert.Empty(SourceRules.Violations(Repository.PathOf("src")));

    [Fact]
    public void Sample_files_follow_the_same_rules() => Assert.Empty(SourceRules.Violations(Repository.PathOf("samples")));

    [Fact]
    public void Public_properties_are_set_at_construction_only() => Assert.Empty(ShapeRules.SettableProperties(_types));

    [Fact]
    public void No_type_both_trains_and_answers() => Assert.Empty(ShapeRules.TrainsAndAnswers(_types));

    [Fact]
    public void Models_never_change() => Assert.Empty(ShapeRules.ChangingModels(_types));

    [Fact]
    public void There_is_no_shared_state_that_changes() => Assert.Empty(ShapeRules.ChangingStatics(_types));

    [Fact]
    public void Classes_are_sealed() => Assert.Empty(ShapeRules.OpenClasses(_types));

    [Fact]
    public void Public_names_are_words_not_symbols() => Assert.Empty(ShapeRules.Symbols(_types));

    [Fact]
    public void Banned_members_are_not_used() => Assert.Empty(Banned().Violations(_types));

    [Fact]
    public void Only_dependency_injection_knows_the_clock() =>
        Assert.Empty(
            from type in _types
            where LibraryUnits.Of(type) is not (null or "DependencyInjection") && MemberReferences.Types(type).Contains(typeof(TimeProvider))
            select type.FullName);

    [Fact]
    public void The_banned_api_analyzer_is_on_and_stops_the_build()
    {
        var project = XDocument.Load(Repository.PathOf("src", "PostPurchase.Recommend", "PostPurchase.Recommend.csproj"));
        var properties = XDocument.Load(Repository.PathOf("Directory.Build.props"));

        Assert.Contains(project.Descendants("PackageReference"), r => (string?)r.Attribute("Include") == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
        Assert.Contains(project.Descendants("AdditionalFiles"), f => (string?)f.Attribute("Include") == "BannedSymbols.txt");
        Assert.Equal("true", properties.Descendants("TreatWarningsAsErrors").Single().Value);
        Assert.Empty(project.Descendants("NoWarn"));
        Assert.DoesNotContain("RS0030", File.ReadAllText(Repository.PathOf(".editorconfig")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_library_stands_on_the_allowed_packages_only()
    {
        var project = XDocument.Load(Repository.PathOf("src", "PostPurchase.Recommend", "PostPurchase.Recommend.csproj"));

        Assert.Empty(project.Descendants("PackageReference").Select(r => (string)r.Attribute("Include")!).Except(_packages));
    }

    [Fact]
    public void No_compiled_reference_leads_to_another_package()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

        Assert.Empty(
            from reference in _library.GetReferencedAssemblies()
            where !File.Exists(Path.Combine(runtime, reference.Name + ".dll")) && !_packages.Contains(reference.Name)
            select reference.Name);
        Assert.DoesNotContain(_library.GetReferencedAssemblies(), r => r.Name!.StartsWith("Microsoft.ML", StringComparison.Ordinal));
    }

    [Fact]
    public void The_main_solution_needs_no_machine_learning_package()
    {
        var projects = File.ReadLines(Repository.PathOf("PostPurchase.Recommend.sln"))
            .Where(line => line.Contains(".csproj", StringComparison.Ordinal))
            .Select(line => line.Split('"').Single(part => part.EndsWith(".csproj", StringComparison.Ordinal)).Replace('\\', Path.DirectorySeparatorChar))
            .ToArray();

        Assert.Contains(projects, p => p.EndsWith("PostPurchase.Recommend.csproj", StringComparison.Ordinal));
        Assert.Empty(
            from project in projects
            from reference in XDocument.Load(Repository.PathOf(project)).Descendants("PackageReference")
            where ((string)reference.Attribute("Include")!).StartsWith("Microsoft.ML", StringComparison.Ordinal)
            select $"{project} references {(string)reference.Attribute("Include")!}");
    }

    [Fact]
    public void Every_option_says_its_default()
    {
        var documented = XDocument.Load(Path.ChangeExtension(_library.Location, ".xml"))
            .Descendants("member")
            .ToDictionary(m => (string)m.Attribute("name")!);

        Assert.Empty(
            from type in _types
            where type.IsVisible && (type.Name.EndsWith("Options", StringComparison.Ordinal) || type.Name.EndsWith("Query", StringComparison.Ordinal))
            from property in type.GetProperties()
            where property.SetMethod is not null && !property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute))
            where documented[$"P:{type.FullName}.{property.Name}"].Element("value") is null
            select $"{type.Name}.{property.Name} has no <value>");
    }

    private static BannedApiRules Banned() =>
        new(File.ReadLines(Repository.PathOf("src", "PostPurchase.Recommend", "BannedSymbols.txt")));
}
