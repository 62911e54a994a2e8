namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// Pairs of one kind that wait to be forecast together: trees score many rows several times faster than one by one.
/// </summary>
internal sealed class PairBatch(ReplenishmentModel model, bool isRepeated, Action<int, PairForecast> body)
{
    private const int Most = 512;
    private readonly float[] _features = new float[Most * PairFeatures.Count];
    private readonly double[] _hazards = new double[Most * HazardSegments.Count];
    private readonly (int Pair, PairPurchases Own, PairGap Gap, Evidence Evidence)[] _waiting = new (int, PairPurchases, PairGap, Evidence)[Most];
    private int _count;

    public void Add(int pair, in PairPurchases own, int product, in PairGap gap, ReadOnlySpan<float> features)
    {
        features.CopyTo(_features.AsSpan(_count * PairFeatures.Count));
        _waiting[_count++] = (pair, own, gap, model.Snapshot.Priors.EvidenceOf(product, own.Count));
        if (_count == Most)
            Flush();
    }

    public void Flush()
    {
        var hazards = _hazards.AsSpan(0, _count * HazardSegments.Count);
        model.Hazards.Of(isRepeated).Fill(_features.AsSpan(0, _count * PairFeatures.Count), hazards);
        for (var i = 0; i < _count; i++)
        {
            var (pair, own, gap, evidence) = _waiting[i];
            var curve = HazardCurve.Of(gap.Curve, hazards.Slice(i * HazardSegments.Count, HazardSegments.Count));
            body(pair, model.Judge.Judge(curve, evidence, own.Count, own.Day(own.Count - 1), gap));
        }

        _count = 0;
    }
}
