namespace PostPurchase.Recommend.Replenishment;

/// <summary>Sets the horizon of a forecast and says whether its date is worth giving.</summary>
internal sealed class ForecastJudge(int horizonDays, double widestWindowShare)
{
    // A product with long gaps is looked at for two and a half of them, within what the curve covers.
    private const double GapsAhead = 2.5;

    public int HorizonDays => horizonDays;

    public double WidestWindowShare => widestWindowShare;

    /// <summary>Judges a curve; without a <paramref name="gap"/> (<c>default</c>) it looks ahead as far as the options say.</summary>
    public PairForecast Judge(PurchaseCurve curve, Evidence evidence, int timesBought, int lastDay, in PairGap gap)
    {
        var horizon = gap == default
            ? horizonDays
            : (int)Math.Min(ReplenishmentForecast.LongestHorizonDays, Math.Max(horizonDays, GapsAhead * Math.Exp(gap.LogGap)));
        var dates = timesBought == 0 ? curve : DateCurve.Of(curve, gap.Curve with { Spread = gap.Spread * PairGap.TailFactor(timesBought - 1) }, horizon);
        return new PairForecast(IsBetterThanChance(dates, horizon) ? evidence : Evidence.NotPredictable, curve, horizon, timesBought, lastDay, gap)
        {
            Dates = dates,
            Basis = evidence,
        };
    }

    /// <summary>The forecast of a product within that of the need it serves: whoever buys the product meets the need, and is late for it when the need is.</summary>
    public PairForecast Within(in PairForecast product, in PairForecast need)
    {
        var curve = product.Curve.AtMost(need.Curve);
        var within = ReferenceEquals(curve, product.Curve)
            ? product
            : Judge(curve, product.Basis, product.TimesBought, product.LastDay, product.Gap) with { BaseProduct = product.BaseProduct };
        return within with { NeedStatus = need.Status };
    }

    // Chance is a purchase as likely as this one within the horizon, but on any day alike: a constant hazard.
    private bool IsBetterThanChance(PurchaseCurve curve, int horizon)
    {
        var within = curve.At(horizon);
        if (within <= 0)
            return false;
        var share = within / curve.Limit;
        var width = curve.Quantile(0.9 * share) - curve.Quantile(0.1 * share);
        var hazard = -Math.Log(1 - Math.Min(within, 1 - 1e-9)) / horizon;
        var chance = Math.Log((1 - (0.1 * within)) / (1 - (0.9 * within))) / hazard;
        return width <= widestWindowShare * chance;
    }
}
