using System.Runtime.CompilerServices;

namespace PostPurchase.Recommend.Scoring;

/// <summary>
/// The best items seen so far in the caller's buffer: a heap with the last-ranked item on top, so that a newcomer is compared with
/// one score only. Nothing is allocated.
/// </summary>
/// <param name="buffer">The place of the heap; its length says how many items are wanted.</param>
/// <param name="count">The items that the buffer holds already, left there by another instance.</param>
internal ref struct BestItems(Span<ScoredItem> buffer, int count = 0)
{
    private readonly Span<ScoredItem> _heap = buffer;

    public int Count { get; private set; } = count;

    /// <summary>Only a score above this one can enter, given that items come in ascending order of their numbers.</summary>
    public readonly float Threshold => Count < _heap.Length ? float.NegativeInfinity : _heap.Length == 0 ? float.PositiveInfinity : _heap[0].Score;

    /// <summary>Takes the item if it ranks among the best so far; a score of minus infinity or that is no number never does.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Offer(ScoredItem item)
    {
        if (Count < _heap.Length)
        {
            if (item.Score > float.NegativeInfinity)
                Rise(Count++, item);
        }
        else if (_heap.Length > 0 && item.Before(_heap[0]))
        {
            Sink(item, _heap.Length);
        }
    }

    /// <summary>Puts the buffer in order, first-ranked first, and returns how many items it holds.</summary>
    public int Sort()
    {
        for (var last = Count - 1; last > 0; last--)
        {
            var worst = _heap[0];
            Sink(_heap[last], last);
            _heap[last] = worst;
        }

        return Count;
    }

    private readonly void Rise(int hole, ScoredItem item)
    {
        while (hole > 0)
        {
            var parent = (hole - 1) / 2;
            if (!_heap[parent].Before(item))
                break;
            _heap[hole] = _heap[parent];
            hole = parent;
        }

        _heap[hole] = item;
    }

    private readonly void Sink(ScoredItem item, int length)
    {
        var hole = 0;
        while (true)
        {
            var child = (2 * hole) + 1;
            if (child >= length)
                break;
            if (child + 1 < length && _heap[child].Before(_heap[child + 1]))
                child++;
            if (!item.Before(_heap[child]))
                break;
            _heap[hole] = _heap[child];
            hole = child;
        }

        _heap[hole] = item;
    }
}
