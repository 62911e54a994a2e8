using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PostPurchase.Recommend.Tests.Architecture;

/// <summary>What a user of an assembly can type, one declaration a line, in an order that never depends on the source.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext _nullability = new();

    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static IEnumerable<string> Lines(Assembly assembly)
    {
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            yield return Header(type);
            foreach (var member in type.GetMembers(Declared).Where(IsOffered).OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(Member, StringComparer.Ordinal))
                yield return "    " + Member(member);
        }
    }

    private static string Header(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => (type.IsSealed ? "sealed " : type.IsAbstract ? "abstract " : "") + (type.GetMethod("<Clone>$") is null ? "class" : "record"),
        };
        string[] parents = type.IsEnum
            ? []
            : [.. new[] { type.BaseType }.Where(b => b is not null && b != typeof(object) && b != typeof(ValueType)).Concat(type.GetInterfaces())
                .Select(p => Name(p!)).Where(p => !p.StartsWith("IEquatable<", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        return $"public {kind} {type.Namespace}.{Name(type)}{(parents.Length > 0 ? " : " + string.Join(", ", parents) : "")}";
    }

    private static bool IsOffered(MemberInfo member) => member switch
    {
        // What the compiler adds to records, and accessors, which their property stands for.
        _ when member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is not (PropertyInfo or ConstructorInfo) => false,
        MethodInfo { IsSpecialName: true } => false,
        MethodBase method => IsOffered(method),
        PropertyInfo property => property.Name != "EqualityContract" && property.GetAccessors(nonPublic: true).Any(IsOffered),
        FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
        EventInfo one => IsOffered(one.AddMethod!),
        _ => false,
    };

    private static bool IsOffered(MethodBase method) =>
        (method.IsPublic || method.IsFamily)
        && !(method is ConstructorInfo && method.DeclaringType!.GetMethod("<Clone>$") is not null && method.GetParameters() is [var copied] && copied.ParameterType == method.DeclaringType);

    private static string Member(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{Name(constructor.DeclaringType!)}({Parameters(constructor)})",
        MethodInfo method => $"{Static(method)}{Typed(method.ReturnParameter)} {method.Name}{Generic(method)}({Parameters(method)})",
        PropertyInfo property => Property(property),
        FieldInfo { IsLiteral: true } constant => $"{(constant.DeclaringType!.IsEnum ? "" : $"const {Name(constant.FieldType)} ")}{constant.Name} = {Convert.ToString(constant.GetRawConstantValue(), CultureInfo.InvariantCulture)}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        _ => $"event {member.Name}",
    };

    private static string Property(PropertyInfo property)
    {
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var accessors = property.SetMethod is { IsPublic: true } setter
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "{ get; init; }" : "{ get; set; }"
            : "{ get; }";
        var nullable = _nullability.Create(property).ReadState == NullabilityState.Nullable && !property.PropertyType.IsValueType ? "?" : "";
        return $"{Static(property.GetMethod!)}{required}{Name(property.PropertyType)}{nullable} {property.Name} {accessors}";
    }

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p => $"{Typed(p)} {p.Name}{Default(p)}"));

    private static string Typed(ParameterInfo parameter) =>
        Name(parameter.ParameterType)
        + (_nullability.Create(parameter).ReadState == NullabilityState.Nullable && !parameter.ParameterType.IsValueType ? "?" : "");

    private static string Default(ParameterInfo parameter) =>
        parameter.HasDefaultValue ? $" = {parameter.DefaultValue switch { null => "default", bool flag => flag ? "true" : "false", var value => Convert.ToString(value, CultureInfo.InvariantCulture) }}" : "";

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (type.IsByRef)
            return "ref " + Name(type.GetElementType()!);
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (_keywords.TryGetValue(type, out var keyword))
            return keyword;
        var outer = type is { IsNested: true, IsGenericParameter: false } ? Name(type.DeclaringType!) + "." : "";
        return type.IsGenericType
            ? $"{outer}{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : outer + type.Name;
    }
}
