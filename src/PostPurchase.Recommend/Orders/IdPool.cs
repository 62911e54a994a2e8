namespace PostPurchase.Recommend.Orders;

/// <summary>Gives every distinct id a number in order of appearance, and holds each text once.</summary>
internal sealed class IdPool
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly List<string> _ids = [];

    public IdPool() => _bySpan = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _ids.Count;

    public string this[int number] => _ids[number];

    public int Number(ReadOnlySpan<char> id)
    {
        if (_bySpan.TryGetValue(id, out var number))
            return number;
        var text = id.ToString();
        number = _ids.Count;
        _ids.Add(text);
        _numbers.Add(text, number);
        return number;
    }

    /// <summary>The ids in ordinal order, and for every number the place of its id there.</summary>
    public (string[] Sorted, int[] Place) Sort()
    {
        var sorted = _ids.ToArray();
        var number = new int[sorted.Length];
        for (var i = 0; i < number.Length; i++)
            number[i] = i;
        Array.Sort(sorted, number, StringComparer.Ordinal);
        var place = new int[sorted.Length];
        for (var i = 0; i < number.Length; i++)
            place[number[i]] = i;
        return (sorted, place);
    }
}
