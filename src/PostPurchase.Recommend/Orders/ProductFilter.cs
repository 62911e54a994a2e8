using System.IO.Enumeration;

namespace PostPurchase.Recommend.Orders;

/// <summary>Decides which product ids are excluded: exact ids by hash, patterns one by one.</summary>
internal sealed class ProductFilter
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _ids;
    private readonly string[] _patterns;

    public ProductFilter(IReadOnlyList<string> idsAndPatterns)
    {
        // As around the ids that they are compared with.
        string[] trimmed = [.. idsAndPatterns.Select(p => p.Trim())];
        var ids = new HashSet<string>(trimmed.Where(p => !IsPattern(p)), StringComparer.OrdinalIgnoreCase);
        _ids = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _patterns = [.. trimmed.Where(IsPattern)];
    }

    public bool Excludes(ReadOnlySpan<char> productId)
    {
        if (_ids.Contains(productId))
            return true;
        foreach (var pattern in _patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, productId, ignoreCase: true))
                return true;
        }

        return false;
    }

    private static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');
}
