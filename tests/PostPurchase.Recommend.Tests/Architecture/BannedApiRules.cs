using System.Reflection;

namespace PostPurchase.Recommend.Tests.Architecture;

/// <summary>
/// Members no method body may use, read from the analyzer's own file: the analyzer stops the build, this rule stops whoever
/// switches the analyzer off.
/// </summary>
internal sealed class BannedApiRules
{
    private readonly HashSet<string> _types = [];
    private readonly HashSet<string> _members = [];

    public BannedApiRules(IEnumerable<string> bannedSymbols)
    {
        foreach (var symbol in bannedSymbols.Select(line => line.Split(';')[0].Trim()).Where(symbol => symbol.Length > 2))
        {
            if (symbol[0] == 'T')
                _types.Add(symbol[2..]);
            else
                _members.Add(symbol[2..]);
        }
    }

    public IReadOnlyList<string> Violations(IEnumerable<Type> types) =>
    [
        .. from type in types
           from member in MemberReferences.Members(type)
           where IsBanned(member)
           select $"{type.FullName} uses {Symbol(member)}",
    ];

    private static string Symbol(MemberInfo member)
    {
        var owner = member.DeclaringType?.FullName;
        return member switch
        {
            ConstructorInfo constructor when constructor.GetParameters() is { Length: > 0 } some =>
                $"{owner}.#ctor({string.Join(',', some.Select(p => p.ParameterType.FullName))})",
            ConstructorInfo => $"{owner}.#ctor",
            MethodInfo { IsSpecialName: true } accessor when accessor.Name.StartsWith("get_", StringComparison.Ordinal) => $"{owner}.{accessor.Name[4..]}",
            _ => $"{owner}.{member.Name}",
        };
    }

    private bool IsBanned(MemberInfo member) =>
        _types.Contains(member.DeclaringType?.FullName ?? "") || _members.Contains(Symbol(member));
}
