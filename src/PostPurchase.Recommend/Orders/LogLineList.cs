namespace PostPurchase.Recommend.Orders;

/// <summary>A growing list of lines in chunks: it never copies what it holds, so the peak is what the lines need.</summary>
internal sealed class LogLineList
{
    private const int ChunkBits = 16;
    private const int ChunkSize = 1 << ChunkBits;
    private readonly List<LogLine[]> _chunks = [];

    public int Count { get; private set; }

    public int Chunks => _chunks.Count;

    public ref readonly LogLine this[int index] => ref _chunks[index >> ChunkBits][index & (ChunkSize - 1)];

    public void Add(in LogLine line)
    {
        if (Count == Array.MaxLength)
            throw new InvalidOperationException($"A history holds at most {Array.MaxLength} lines.");
        if ((Count & (ChunkSize - 1)) == 0)
            _chunks.Add(new LogLine[ChunkSize]);
        _chunks[^1][Count & (ChunkSize - 1)] = line;
        Count++;
    }

    /// <summary>The lines of a chunk, in order: the fast way through all of them.</summary>
    public Span<LogLine> Chunk(int chunk) => _chunks[chunk].AsSpan(0, Math.Min(ChunkSize, Count - (chunk << ChunkBits)));

    /// <summary>Gives the memory back.</summary>
    public void Clear()
    {
        _chunks.Clear();
        Count = 0;
    }
}
