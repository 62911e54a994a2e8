namespace PostPurchase.Recommend.Tests.Architecture;

/// <summary>Who may know whom. A unit is a folder of the library, or a part of one.</summary>
/// <param name="unitOf">The unit a type belongs to, or <see langword="null"/> for types that are no concern of the rules.</param>
internal sealed class DependencyRules(Func<Type, string?> unitOf)
{
    /// <summary>Every mention of a type of a unit that the mentioning unit may not know, as "Unit.Type knows Unit.Type".</summary>
    public IReadOnlyList<string> Violations(IEnumerable<Type> types, IReadOnlyDictionary<string, string[]> mayKnow)
    {
        List<string> violations = [];
        foreach (var (from, to) in Mentions(types))
        {
            if (!mayKnow.TryGetValue(unitOf(from)!, out var known))
                violations.Add($"{unitOf(from)} is no unit of the design");
            else if (!known.Contains(unitOf(to)))
                violations.Add($"{unitOf(from)}.{from.Name} knows {unitOf(to)}.{to.Name}");
        }

        return [.. violations.Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Every circle of units, as "A -> B -> A".</summary>
    public IReadOnlyList<string> Circles(IEnumerable<Type> types)
    {
        var edges = Mentions(types).Select(m => (From: unitOf(m.From)!, To: unitOf(m.To)!)).Distinct().ToLookup(e => e.From, e => e.To);
        SortedSet<string> circles = new(StringComparer.Ordinal);
        foreach (var start in edges.Select(e => e.Key))
            Walk([start]);
        return [.. circles];

        void Walk(List<string> path)
        {
            foreach (var next in edges[path[^1]])
            {
                // A circle is told from its alphabetically first unit, so that it is told once.
                if (next == path[0])
                    circles.Add(string.Join(" -> ", path.Append(next)));
                else if (!path.Contains(next) && string.CompareOrdinal(next, path[0]) > 0)
                    Walk([.. path, next]);
            }
        }
    }

    private IEnumerable<(Type From, Type To)> Mentions(IEnumerable<Type> types) =>
        from type in types
        where unitOf(type) is not null
        from mentioned in MemberReferences.Types(type)
        let unit = unitOf(mentioned)
        where unit is not null && unit != unitOf(type)
        // Closures and state machines count as the type that holds them.
        select (Outermost(type), Outermost(mentioned));

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }
}
