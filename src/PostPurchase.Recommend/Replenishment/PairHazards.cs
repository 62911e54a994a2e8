using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>The learned hazards of the two kinds of pairs: those with a rhythm of their own, and those bought once or long ago.</summary>
internal sealed class PairHazards(HazardRegression repeated, HazardRegression seldom)
{
    /// <summary>The longest wait, in days, after which a pair still counts as one with a rhythm.</summary>
    private const int LongestWait = 365;

    public static bool IsRepeated(in PairPurchases own, int asOfDay) =>
        own.Count > 1 && asOfDay - own.Day(own.Count - 1) <= LongestWait;

    /// <summary>The hazard of every segment.</summary>
    public void Fill(bool isRepeated, ReadOnlySpan<float> features, Span<double> hazards)
    {
        var regression = isRepeated ? repeated : seldom;
        for (var k = 0; k < hazards.Length; k++)
            hazards[k] = 1 / (1 + Math.Exp(-regression.LogOdds(features, k)));
    }

    public void Write(SectionWriter writer)
    {
        repeated.Write(writer);
        seldom.Write(writer);
    }

    public static PairHazards Read(SectionReader reader) => new(HazardRegression.Read(reader), HazardRegression.Read(reader));
}
