using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.MLNet.Storage;

/// <summary>Finds the number of an id that comes as a piece of text, without making a string of it.</summary>
internal sealed class IdLookup
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbers;

    public IdLookup(IdIndex ids)
    {
        Ids = ids;
        var numbers = new Dictionary<string, int>(ids.Count, StringComparer.Ordinal);
        for (var i = 0; i < ids.Count; i++)
            numbers.Add(ids[i], i);
        _numbers = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IdIndex Ids { get; }

    /// <summary>The id's number, white space around it removed as in training; -1 when unknown, unless the caller wants that to stop.</summary>
    public int Find(ReadOnlyMemory<char> id, string kind, UnknownIds unknownIds)
    {
        if (_numbers.TryGetValue(id.Span.Trim(), out var number))
            return number;
        return unknownIds == UnknownIds.Answer
            ? -1
            : throw new InvalidOperationException(
                $"The {kind} '{id}' is unknown to the model; train with {nameof(UnknownIds)}.{nameof(UnknownIds.Answer)} to have such rows answered.");
    }
}
