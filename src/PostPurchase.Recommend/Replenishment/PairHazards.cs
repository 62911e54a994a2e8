using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>The learned hazards of the two kinds of pairs: those with a rhythm of their own, and those bought once or long ago.</summary>
internal sealed class PairHazards(LearnedHazards repeated, LearnedHazards seldom)
{
    /// <summary>The longest wait, in days, after which a pair still counts as one with a rhythm.</summary>
    private const int LongestWait = 365;

    public static bool IsRepeated(in PairPurchases own, int asOfDay) =>
        own.Count > 1 && asOfDay - own.Day(own.Count - 1) <= LongestWait;

    /// <summary>The hazards of those with a rhythm of their own, or of the others.</summary>
    public LearnedHazards Of(bool isRepeated) => isRepeated ? repeated : seldom;

    public void Write(SectionWriter writer)
    {
        repeated.Write(writer);
        seldom.Write(writer);
    }

    public static PairHazards Read(SectionReader reader) => new(LearnedHazards.Read(reader), LearnedHazards.Read(reader));
}
