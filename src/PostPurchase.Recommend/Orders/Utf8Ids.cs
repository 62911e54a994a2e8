using System.Buffers.Binary;

namespace PostPurchase.Recommend.Orders;

/// <summary>
/// Remembers the numbers of ids by their UTF-8 bytes, so that a known id is neither decoded nor hashed as text. Only short ids are
/// kept, in the table itself; longer ones are left to the pool behind it.
/// </summary>
internal sealed class Utf8Ids
{
    /// <summary>The longest id that is kept: two words that overlap hold all bytes of one.</summary>
    public const int LongestId = 16;

    // Ids come from outside: without a secret a log could be written whose ids all meet in one place of the table.
    private static readonly ulong FirstSecret = Secret(1);
    private static readonly ulong SecondSecret = Secret(2);

    private Slot[] _slots = new Slot[1 << 10];
    private int _count;

    /// <summary>The number remembered for an id.</summary>
    public bool TryFind(ReadOnlySpan<byte> id, out int number)
    {
        number = 0;
        if (id.Length is 0 or > LongestId)
            return false;
        var key = Key(id, 0);
        for (var at = Place(key); _slots[at].Length != 0; at = (at + 1) & (_slots.Length - 1))
        {
            ref readonly var slot = ref _slots[at];
            if (slot.Head != key.Head || slot.Tail != key.Tail || slot.Length != key.Length)
                continue;
            number = slot.Number;
            return true;
        }

        return false;
    }

    /// <summary>Remembers the number of an id that was not found.</summary>
    public void Add(ReadOnlySpan<byte> id, int number)
    {
        if (id.Length is 0 or > LongestId)
            return;
        if (++_count > _slots.Length / 2)
            Grow();
        Put(Key(id, number));
    }

    private void Put(in Slot slot)
    {
        var at = Place(slot);
        while (_slots[at].Length != 0)
            at = (at + 1) & (_slots.Length - 1);
        _slots[at] = slot;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[old.Length * 2];
        foreach (ref readonly var slot in old.AsSpan())
        {
            if (slot.Length != 0)
                Put(slot);
        }
    }

    private int Place(in Slot key)
    {
        var high = Math.BigMul(key.Head ^ FirstSecret, (key.Tail + (ulong)key.Length) ^ SecondSecret, out var low);
        return (int)((high ^ low) & (ulong)(_slots.Length - 1));
    }

    private static Slot Key(ReadOnlySpan<byte> id, int number)
    {
        ulong head, tail;
        if (id.Length >= sizeof(ulong))
        {
            head = BinaryPrimitives.ReadUInt64LittleEndian(id);
            tail = BinaryPrimitives.ReadUInt64LittleEndian(id[^sizeof(ulong)..]);
        }
        else if (id.Length >= sizeof(uint))
        {
            head = BinaryPrimitives.ReadUInt32LittleEndian(id);
            tail = BinaryPrimitives.ReadUInt32LittleEndian(id[^sizeof(uint)..]);
        }
        else
        {
            head = id[0];
            tail = id[id.Length / 2] | ((ulong)id[^1] << 8);
        }

        return new Slot(head, tail, id.Length, number);
    }

    private static ulong Secret(int which) => ((ulong)HashCode.Combine(which, 1) << 32) | (uint)HashCode.Combine(which, 2);

    private readonly record struct Slot(ulong Head, ulong Tail, int Length, int Number);
}
