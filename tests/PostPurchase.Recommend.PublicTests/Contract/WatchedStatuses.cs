using System.Collections;

namespace PostPurchase.Recommend.PublicTests.Contract;

/// <summary>All statuses of due purchases, and how often a feed looks at them: once for every purchase it has worked out.</summary>
internal sealed class WatchedStatuses(Action onRead) : IReadOnlyList<DueStatus>
{
    private readonly DueStatus[] _all = Enum.GetValues<DueStatus>();
    private int _timesRead;

    public int TimesRead => _timesRead;

    public int Count => _all.Length;

    public DueStatus this[int index] => _all[index];

    public IEnumerator<DueStatus> GetEnumerator()
    {
        Interlocked.Increment(ref _timesRead);
        onRead();
        return ((IEnumerable<DueStatus>)_all).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
