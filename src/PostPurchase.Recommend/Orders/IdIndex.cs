namespace PostPurchase.Recommend.Orders;

/// <summary>
/// The ids of one kind in ordinal order: an id's number is its place. Numbers thus never depend on the order of the
/// input, ties broken by number are ties broken by id, and no hash table has to be kept or stored.
/// </summary>
internal sealed class IdIndex
{
    private readonly string[] _ids;

    /// <summary>Takes ownership of ids that are sorted ordinally and free of duplicates.</summary>
    public IdIndex(string[] sortedIds)
    {
        for (var i = 1; i < sortedIds.Length; i++)
        {
            if (string.CompareOrdinal(sortedIds[i - 1], sortedIds[i]) >= 0)
                throw new ArgumentException($"Ids must be strictly ascending, but '{sortedIds[i]}' follows '{sortedIds[i - 1]}'.", nameof(sortedIds));
        }

        _ids = sortedIds;
    }

    public int Count => _ids.Length;

    public ReadOnlySpan<string> Ids => _ids;

    public IReadOnlyList<string> List => _ids;

    public string this[int index] => _ids[index];

    /// <summary>
    /// The id's number, or -1. White space around it is not looked at: ids had theirs removed when they were read, so a question's cannot mean any
    /// other. An id without any is not copied.
    /// </summary>
    public int Find(string? id)
    {
        var found = Array.BinarySearch(_ids, id?.Trim(), StringComparer.Ordinal);
        return found >= 0 ? found : -1;
    }
}
