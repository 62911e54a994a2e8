using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// What a forecast stands on when the customer has never bought the product: a base product the customer has and that this one is the
/// consumable of, or else how many new products the customer buys and which ones customers do (<see cref="NewProductRate"/>).
/// </summary>
internal sealed class FirstPurchases
{
    // A base product is likely to be followed within so many days or, mostly, never.
    private const double SoonDays = 90;

    // A product nobody has bought yet is not impossible: as if a fiftieth of a customer had.
    private const double PriorCustomers = 0.02;

    // However much a customer has bought of what sells, something is left.
    private const double LeastLeft = 0.05;
    private readonly NewProductRate _rate;
    private readonly float[] _share;
    private readonly float _ofAny;

    private FirstPurchases(NewProductRate rate, float[] share, ConsumableLinks links)
    {
        _rate = rate;
        _share = share;
        // What an unknown product is taken for.
        _ofAny = share.DefaultIfEmpty(0f).Average();
        Links = links;
    }

    public ConsumableLinks Links { get; }

    public static FirstPurchases Of(PurchaseColumns columns, PurchasePairs pairs, int asOfDay, ConsumableLinks links, TrainingRun run)
    {
        var first = new double[columns.Products.Count];
        Array.Fill(first, PriorCustomers);
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            var own = new PairPurchases(columns, pairs, pair, asOfDay);
            if (own.Count > 0)
                first[pairs.Product[pair]] += NewProductRecord.Weight(asOfDay - own.Day(0));
        }

        var all = first.Sum();
        return new FirstPurchases(new NewProductRateTrainer(columns, pairs, run).Train(asOfDay), Array.ConvertAll(first, count => (float)(count / all)), links);
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
            if (since < 0 || open.Curve.Within(SoonDays) > within)
                (best, gap, since, within) = (link, open, day, open.Curve.Within(SoonDays));
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

    // New products that the customer buys at all, and the product's share of those that are new to the customer.
    private PurchaseCurve Curve(int product, CustomerVisits visits)
    {
        var known = (uint)product < (uint)_share.Length;
        var left = Math.Max(LeastLeft, 1 - visits.SumOfBought(_share));
        var perDay = _rate.PerDay(visits) * Math.Min(1, (known ? _share[product] : _ofAny) / left);
        var probability = new float[HazardCurve.Knots.Length];
        for (var i = 0; i < probability.Length; i++)
            probability[i] = (float)(1 - Math.Exp(-perDay * NewProductRate.Days(HazardCurve.Knots[i])));
        return new PurchaseCurve(HazardCurve.Knots, probability);
    }

    public void Write(SectionWriter writer)
    {
        _rate.Write(writer);
        writer.WriteArray<float>(_share);
        Links.Write(writer);
    }

    public static FirstPurchases Read(SectionReader reader)
    {
        var rate = NewProductRate.Read(reader);
        var share = reader.ReadFiniteFloats();
        return share.AsSpan().ContainsAnyExceptInRange(0f, 1f)
            ? throw reader.Damaged("what it says of first purchases cannot be")
            : new FirstPurchases(rate, share, ConsumableLinks.Read(reader, share.Length));
    }
}
