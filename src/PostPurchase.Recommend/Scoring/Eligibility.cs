namespace PostPurchase.Recommend.Scoring;

/// <summary>A set of items as bits, 64 to a word: bit i % 64 of word i / 64 says whether item i may be recommended.</summary>
internal static class Eligibility
{
    public static int Words(int items) => (items + 63) / 64;

    public static void AllowAll(Span<ulong> mask) => mask.Fill(ulong.MaxValue);

    public static void Allow(Span<ulong> mask, int item) => mask[item >> 6] |= 1UL << (item & 63);

    public static void Forbid(Span<ulong> mask, int item) => mask[item >> 6] &= ~(1UL << (item & 63));

    public static bool Allows(ReadOnlySpan<ulong> mask, int item) => (mask[item >> 6] >> (item & 63) & 1) != 0;
}
