using MathNet.Numerics;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>Sums over gaps, ended or expected to end, from which a mean, a spread and a share that ends follow.</summary>
internal struct GapMoments
{
    private double _gaps;
    private double _ending;
    private double _sum;
    private double _squares;

    /// <summary>Adds a gap; one that has not ended counts by its chance to end, given what is believed so far.</summary>
    public void Add(double logGap, bool ended, GapPrior belief)
    {
        _gaps++;
        if (ended)
        {
            _ending++;
            _sum += logGap;
            _squares += logGap * logGap;
            return;
        }

        var z = (logGap - belief.LogGap) / belief.Spread;
        var survival = belief.Survival(logGap);
        var weight = belief.EndsWhen(survival);
        // The mean and second moment of a normal cut off below (Mills ratio); far out both tend to the cut itself.
        var mills = survival > 1e-12 ? Math.Exp(-0.5 * z * z) * Constants.InvSqrt2Pi / survival : z;
        var mean = belief.LogGap + (belief.Spread * mills);
        var variance = belief.Spread * belief.Spread * Math.Max(0, 1 + (z * mills) - (mills * mills));
        _ending += weight;
        _sum += weight * mean;
        _squares += weight * ((mean * mean) + variance);
    }

    public void Add(in GapMoments other)
    {
        _gaps += other._gaps;
        _ending += other._ending;
        _sum += other._sum;
        _squares += other._squares;
    }

    /// <summary>The estimate, with the prior counted as if it had been seen as often as the options say.</summary>
    public readonly GapPrior Shrunk(GapPrior prior, ReplenishmentOptions options)
    {
        var strength = options.PriorGaps;
        var mean = (_sum + (strength * prior.LogGap)) / (_ending + strength);
        var around = _squares - (2 * mean * _sum) + (_ending * mean * mean);
        var towards = strength * ((prior.Spread * prior.Spread) + Math.Pow(prior.LogGap - mean, 2));
        var spread = Math.Sqrt(Math.Max(0, (around + towards) / (_ending + strength)));
        var share = (_ending + (strength * prior.ReturnShare)) / (_gaps + strength);
        return new GapPrior(mean, Math.Max(spread, options.LeastSpread), Math.Clamp(share, 0.001, 0.999));
    }
}
