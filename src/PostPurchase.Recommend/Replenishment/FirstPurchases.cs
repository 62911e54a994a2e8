using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// What a forecast stands on when the customer has never bought the product: a base product the customer has and that this one is the
/// consumable of, or else how likely a visit is to hold the product for the first time.
/// </summary>
internal sealed class FirstPurchases
{
    private const double HalfLifeDays = 90;

    // Visits thin out with time for everyone: after a year of silence few customers are left.
    private const double RhythmDays = 365;
    private readonly float[] _perVisit;
    private readonly float _ofAny;
    private readonly double _visitsPerDay;

    private FirstPurchases(float[] perVisit, double visitsPerDay, ConsumableLinks links)
    {
        _perVisit = perVisit;
        // What an unknown product is taken for.
        _ofAny = perVisit.DefaultIfEmpty(0f).Average();
        _visitsPerDay = visitsPerDay;
        Links = links;
    }

    public ConsumableLinks Links { get; }

    public static FirstPurchases Of(PurchaseColumns columns, PurchasePairs pairs, int asOfDay, ConsumableLinks links)
    {
        var first = new double[columns.Products.Count];
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            var own = new PairPurchases(columns, pairs, pair, asOfDay);
            if (own.Count > 0)
                first[pairs.Product[pair]] += Weight(asOfDay - own.Day(0));
        }

        var (visits, customerDays) = (0.0, 0.0);
        var workspace = new CustomerVisits();
        for (var customer = 0; customer < columns.Customers.Count; customer++)
        {
            workspace.Load(columns, customer, asOfDay);
            if (workspace.Count == 0)
                continue;
            visits += workspace.Decayed(HalfLifeDays);
            customerDays += Exposure(asOfDay - workspace.FirstDay);
        }

        // Half a first purchase more than seen: a product nobody has bought yet is not impossible.
        var perVisit = Array.ConvertAll(first, count => (float)Math.Min(0.5, (count + 0.02) / (visits + 1)));
        return new FirstPurchases(perVisit, (visits + 0.1) / (customerDays + 10), links);
    }

    /// <summary>
    /// The forecast of a customer with these visits, or of an unknown customer; the product may be -1. A base product counts from the day it came
    /// into use, and while it is on its way from the day it is expected, after the usual days of a delivery.
    /// </summary>
    public PairForecast Forecast(int product, CustomerVisits visits, ForecastJudge judge, double usualDeliveryDays)
    {
        var (best, gap, since, within) = (default(ConsumableLink), default(PairGap), -1, 0.0);
        // Who buys another brand's heads does not wait for these.
        foreach (var link in visits.Groups.IsMet(product) ? [] : Links.To(product))
        {
            var bought = visits.FirstOf(link.Base);
            if (bought.Count == 0)
                continue;
            var day = bought.Day(0);
            var prior = Links.GapOf(link, ConsumableLinks.Tenure(day, visits.FirstDay));
            // A day counts as half over.
            var open = new PairGap(prior.LogGap, prior.Spread, prior.ReturnShare, bought.DaysWaited(usualDeliveryDays) - 0.5);
            // Of several base products the one that makes the purchase most probable speaks for it.
            if (since < 0 || open.Curve.Within(HalfLifeDays) > within)
                (best, gap, since, within) = (link, open, day, open.Curve.Within(HalfLifeDays));
        }

        return since < 0
            ? judge.Judge(Curve(product, visits), product >= 0 ? Evidence.Product : Evidence.Population, 0, 0, default)
            : judge.Judge(AfterBase(gap.Curve), Evidence.Product, 0, since, gap) with { BaseProduct = best.Base };
    }

    private static PurchaseCurve AfterBase(GapCurve gap)
    {
        var probability = new float[HazardCurve.Knots.Length];
        for (var i = 0; i < probability.Length; i++)
            probability[i] = (float)Math.Clamp(gap.Within(HazardCurve.Knots[i]), i == 0 ? 0 : probability[i - 1], 1);
        return new PurchaseCurve(HazardCurve.Knots, probability);
    }

    private PurchaseCurve Curve(int product, CustomerVisits? visits)
    {
        var perDay = _visitsPerDay;
        if (visits is { Count: > 0 })
        {
            var exposure = Exposure(visits.AsOfDay - visits.FirstDay);
            perDay = (visits.Decayed(HalfLifeDays) + 0.5) / (exposure + (0.5 / _visitsPerDay));
        }

        var perVisit = (uint)product < (uint)_perVisit.Length ? _perVisit[product] : _ofAny;
        var probability = new float[HazardCurve.Knots.Length];
        for (var i = 0; i < probability.Length; i++)
            probability[i] = (float)(1 - Math.Exp(-perVisit * perDay * RhythmDays * (1 - Math.Exp(-HazardCurve.Knots[i] / RhythmDays))));
        return new PurchaseCurve(HazardCurve.Knots, probability);
    }

    public void Write(SectionWriter writer)
    {
        writer.Write(_visitsPerDay);
        writer.WriteArray<float>(_perVisit);
        Links.Write(writer);
    }

    public static FirstPurchases Read(SectionReader reader)
    {
        var visitsPerDay = reader.ReadDouble();
        var perVisit = reader.ReadFiniteFloats();
        if (!(visitsPerDay > 0 && double.IsFinite(visitsPerDay)) || perVisit.AsSpan().ContainsAnyExceptInRange(0f, 1f))
            throw reader.Damaged("what it says of first purchases cannot be");
        return new FirstPurchases(perVisit, visitsPerDay, ConsumableLinks.Read(reader, perVisit.Length));
    }

    private static double Weight(double age) => Math.Pow(2, -age / HalfLifeDays);

    private static double Exposure(double days) => HalfLifeDays / Math.Log(2) * (1 - Weight(days));
}
