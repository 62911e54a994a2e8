using System.Buffers.Binary;

namespace PostPurchase.Recommend.Orders;

/// <summary>Remembers the numbers of ids by their UTF-8 bytes, so that a known id is neither decoded nor made a text of.</summary>
/// <remarks>
/// A table of our own since a dictionary asked by spans of bytes, with the same hash, made reading a million lines 15 % slower and reading
/// six million 30 %: it keeps an array on the heap for every id, and looks at it for every line.
/// </remarks>
internal sealed class Utf8Ids
{
    /// <summary>The longest id that is kept; longer ones are no ids of a shop.</summary>
    public const int LongestId = 256;

    private const int Word = sizeof(ulong);

    // Ids come from outside: without a secret a log could be written whose ids all meet in one place of the table.
    private static readonly ulong FirstSecret = Secret(1);
    private static readonly ulong SecondSecret = Secret(2);

    private Slot[] _slots = new Slot[1 << 10];
    private byte[] _bytes = new byte[1 << 14];
    private int _count;
    private int _used;

    /// <summary>The number remembered for an id.</summary>
    public bool TryFind(ReadOnlySpan<byte> id, out int number)
    {
        number = 0;
        var hash = Hash(id);
        for (var at = Place(hash); _slots[at].Length != 0; at = (at + 1) & (_slots.Length - 1))
        {
            ref readonly var slot = ref _slots[at];
            if (slot.Hash != (uint)(hash >> 32) || slot.Length != id.Length || !_bytes.AsSpan(slot.Start, slot.Length).SequenceEqual(id))
                continue;
            number = slot.Number;
            return true;
        }

        return false;
    }

    /// <summary>Remembers the number of an id that was not found; an empty one, and those that no memory is left for, are not kept.</summary>
    public void Add(ReadOnlySpan<byte> id, int number)
    {
        if (id.Length is 0 or > LongestId || _used > Array.MaxLength - LongestId || _count == Array.MaxLength / 4)
            return;
        if (_used + id.Length > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, _bytes.Length * 2L));
        id.CopyTo(_bytes.AsSpan(_used));
        if (++_count > _slots.Length / 2)
            Grow();
        Put(Hash(id), _used, id.Length, number);
        _used += id.Length;
    }

    private void Put(ulong hash, int start, int length, int number)
    {
        var at = Place(hash);
        while (_slots[at].Length != 0)
            at = (at + 1) & (_slots.Length - 1);
        _slots[at] = new Slot((uint)(hash >> 32), start, length, number);
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[old.Length * 2];
        foreach (ref readonly var slot in old.AsSpan())
        {
            if (slot.Length != 0)
                Put(Hash(_bytes.AsSpan(slot.Start, slot.Length)), slot.Start, slot.Length, slot.Number);
        }
    }

    private int Place(ulong hash) => (int)(hash & (ulong)(_slots.Length - 1));

    /// <summary>Folded products of 128 bits over pairs of words; the last pair overlaps the one before.</summary>
    private static ulong Hash(ReadOnlySpan<byte> id)
    {
        var hash = (ulong)id.Length;
        var rest = id;
        for (; rest.Length > 2 * Word; rest = rest[(2 * Word)..])
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest), BinaryPrimitives.ReadUInt64LittleEndian(rest[Word..]));
        if (id.Length >= 2 * Word)
            rest = id[^(2 * Word)..];
        return rest.Length switch
        {
            >= Word => Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest), BinaryPrimitives.ReadUInt64LittleEndian(rest[^Word..])),
            >= sizeof(uint) => Fold(hash ^ BinaryPrimitives.ReadUInt32LittleEndian(rest), BinaryPrimitives.ReadUInt32LittleEndian(rest[^sizeof(uint)..])),
            > 0 => Fold(hash ^ rest[0], rest[rest.Length / 2] | ((ulong)rest[^1] << 8)),
            _ => hash,
        };
    }

    private static ulong Fold(ulong left, ulong right) => Math.BigMul(left ^ FirstSecret, right ^ SecondSecret, out var low) ^ low;

    private static ulong Secret(int which) => ((ulong)HashCode.Combine(which, 1) << 32) | (uint)HashCode.Combine(which, 2);

    private readonly record struct Slot(uint Hash, int Start, int Length, int Number);
}
