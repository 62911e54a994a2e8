namespace PostPurchase.Recommend.Orders;

/// <summary>The lines of one customer, copied together and put in order of day, product, and then of all that they say.</summary>
internal sealed class CustomerLines(LogLineList all)
{
    private LogLine[] _lines = [];
    private ulong[] _keys = [];
    private int[] _places = [];

    public ref readonly LogLine this[int index] => ref _lines[_places[index]];

    /// <summary>A key that sorts by the first number, then by the second; neither is negative.</summary>
    public static ulong Key(int first, int second) => ((ulong)(uint)first << 32) | (uint)second;

    /// <summary>Whether two lines are of the same product and day.</summary>
    public bool IsSameDay(int left, int right) => _keys[left] == _keys[right];

    /// <summary>Takes the lines that have these places in the list.</summary>
    public void SortByDay(ReadOnlySpan<int> places)
    {
        if (_lines.Length < places.Length)
        {
            _lines = new LogLine[Math.Max(places.Length, _lines.Length * 2)];
            _keys = new ulong[_lines.Length];
            _places = new int[_lines.Length];
        }

        var (daysAscend, day) = (true, 0);
        for (var i = 0; i < places.Length; i++)
        {
            ref readonly var line = ref all[places[i]];
            _lines[i] = line;
            _keys[i] = Key(line.Day, line.Product);
            _places[i] = i;
            daysAscend &= line.Day >= day;
            day = line.Day;
        }

        if (daysAscend)
            SortDays(places.Length);
        else
            _keys.AsSpan(0, places.Length).Sort(_places.AsSpan(0, places.Length));
        SortEqualKeys(places.Length);
    }

    /// <summary>Most logs come in order of time, and then only the lines within a day are out of order.</summary>
    private void SortDays(int count)
    {
        for (var first = 0; first < count;)
        {
            var last = first + 1;
            while (last < count && _keys[last] >> 32 == _keys[first] >> 32)
                last++;
            if (last - first > 1)
                _keys.AsSpan(first, last - first).Sort(_places.AsSpan(first, last - first));
            first = last;
        }
    }

    private void SortEqualKeys(int count)
    {
        for (var first = 0; first < count;)
        {
            var last = first + 1;
            while (last < count && _keys[last] == _keys[first])
                last++;
            if (last - first > 1)
                _places.AsSpan(first, last - first).Sort(new OrderOfEqualDays(_lines));
            first = last;
        }
    }

    private readonly struct OrderOfEqualDays(LogLine[] lines) : IComparer<int>
    {
        public int Compare(int x, int y) => lines[x].CompareTo(lines[y]);
    }
}
