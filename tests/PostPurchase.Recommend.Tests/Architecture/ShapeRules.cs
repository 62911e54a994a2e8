using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PostPurchase.Recommend.Tests.Architecture;

/// <summary>What types may look like: options are data, trainers die, models never change, names say what they mean.</summary>
internal static partial class ShapeRules
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> _symbols = new(StringComparer.OrdinalIgnoreCase)
    {
        "Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Eta", "Theta", "Kappa", "Lambda", "Mu", "Nu", "Rho", "Sigma", "Tau", "Phi", "Psi", "Omega", "K", "C", "N", "R", "S",
    };

    public static IEnumerable<string> SettableProperties(IEnumerable<Type> types) =>
        from type in types
        where type.IsVisible
        from property in type.GetProperties(Declared)
        where property.SetMethod is { IsPublic: true } setter && !IsInit(setter)
        select $"{type.Name}.{property.Name} can be set after construction";

    public static IEnumerable<string> TrainsAndAnswers(IEnumerable<Type> types) =>
        from type in types
        let names = type.GetMethods(Declared).Where(m => m.IsPublic).Select(m => m.Name).ToArray()
        where names.Any(Trains().IsMatch) && names.Any(Answers().IsMatch)
        select $"{type.Name} trains and answers";

    public static IEnumerable<string> ChangingModels(IEnumerable<Type> types) =>
        from type in types
        where type is { IsClass: true } && type.Name.EndsWith("Model", StringComparison.Ordinal)
        from field in type.GetFields(Declared)
        where field is { IsInitOnly: false, IsLiteral: false }
        select $"{type.Name}.{field.Name} can change";

    public static IEnumerable<string> ChangingStatics(IEnumerable<Type> types) =>
        from type in types
        where !IsGenerated(type)
        from field in type.GetFields(Declared)
        where field is { IsStatic: true, IsInitOnly: false, IsLiteral: false } && !IsGenerated(field)
        select $"{type.Name}.{field.Name} is shared state that can change";

    public static IEnumerable<string> OpenClasses(IReadOnlyCollection<Type> types) =>
        from type in types
        where type is { IsClass: true, IsSealed: false, IsAbstract: false } && !IsGenerated(type)
        where !types.Any(other => other.BaseType is { } parent && (parent == type || (parent.IsGenericType && parent.GetGenericTypeDefinition() == type)))
        select $"{type.Name} is neither sealed nor a base class";

    public static IEnumerable<string> Symbols(IEnumerable<Type> types) =>
        from type in types
        where type.IsVisible
        from name in PublicNames(type).Distinct()
        where IsSymbol(name)
        select $"{type.Name}: {name} is a symbol, not a name";

    private static bool IsSymbol(string name) =>
        _symbols.Contains(name) || Words().Matches(name).Any(w => w.Value.Length > 1 && _symbols.Contains(w.Value));

    private static IEnumerable<string> PublicNames(Type type)
    {
        yield return type.Name;
        foreach (var member in type.GetMembers(Declared & ~BindingFlags.NonPublic))
        {
            if (member.IsDefined(typeof(CompilerGeneratedAttribute)))
                continue;
            yield return member.Name;
            if (member is MethodBase method)
            {
                foreach (var parameter in method.GetParameters())
                    yield return parameter.Name ?? "";
            }
        }
    }

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || member.Name.Contains('<', StringComparison.Ordinal)
        || (member.DeclaringType is { } outer && IsGenerated(outer));

    [GeneratedRegex("^(Train|Fit)([A-Z]|$)")]
    private static partial Regex Trains();

    [GeneratedRegex("^(Recommend|Forecast)([A-Z]|$)")]
    private static partial Regex Answers();

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Words();
}
