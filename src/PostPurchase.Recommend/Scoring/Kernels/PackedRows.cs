using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PostPurchase.Recommend.Scoring.Kernels;

/// <summary>
/// Rows in groups of eight, in each the first values of the eight, then the second and so on, so that a tile reads them from one place;
/// the last group is filled up with zeros. The memory is rented.
/// </summary>
internal ref struct PackedRows
{
    public const int Group = 8;

    private readonly float[] _rented;
    private readonly int _length;

    public PackedRows(ReadOnlySpan<float> rows, int count, int length)
    {
        _length = length;
        var groups = (count + Group - 1) / Group;
        _rented = ArrayPool<float>.Shared.Rent(groups * Group * length);
        if (count % Group != 0)
            _rented.AsSpan((groups - 1) * Group * length, Group * length).Clear();
        for (var row = 0; row < count; row++)
        {
            ref var to = ref Unsafe.Add(ref GroupAt(row / Group * Group), row % Group);
            var values = rows.Slice(row * length, length);
            for (var i = 0; i < values.Length; i++)
                Unsafe.Add(ref to, i * Group) = values[i];
        }
    }

    /// <summary>The group that starts with the row, a multiple of eight.</summary>
    public readonly ref float GroupAt(int row) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_rented), row * _length);

    public readonly void Dispose() => ArrayPool<float>.Shared.Return(_rented);
}
