using PostPurchase.Recommend.Customers;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>Everything the learned hazards look at for one customer and product on one day.</summary>
internal static class PairFeatures
{
    public const int Count = GroupStart + 5;

    /// <summary>Where the features begin that are looked at only where it is known which products belong together.</summary>
    public const int GroupStart = 54;

    /// <summary>Where the log odds of the segments' hazards by the gap curve alone start.</summary>
    public const int CoreStart = 40;

    // A log that begins when the shop is old has not seen the customers' first purchases: ages and numbers of purchases grow with it, whoever is
    // asked about. Beside its length they mean the same on every day. After half a year they tell who is new and who is not.
    private const int LongestLog = 180;

    /// <summary>The customer's part, the same for all products: call once a customer, before <see cref="FillPair"/>.</summary>
    public static void FillCustomer(CustomerVisits visits, VisitProcess process, int firstDay, Span<float> into)
    {
        var asOf = visits.AsOfDay;
        var sinceLast = asOf - visits.LastDay;
        var tenure = asOf - visits.FirstDay;
        var gap = visits.Count > 1 ? (visits.LastDay - visits.FirstDay) / (double)(visits.Count - 1) : 0;
        var rate30 = visits.Decayed(20);
        var rate90 = visits.Decayed(70);
        var rate365 = visits.Decayed(250);
        var seen = DaysSeen(visits, firstDay);
        into[0] = (float)Math.Log(visits.Count / seen);
        into[1] = (float)Math.Log(sinceLast);
        into[2] = (float)Math.Log(gap + 7);
        into[3] = (float)Math.Log(sinceLast / (gap + 7));
        into[4] = (float)Math.Log(rate30 + 0.1);
        into[5] = (float)Math.Log(rate90 + 0.1);
        into[6] = (float)Math.Log(rate365 + 0.1);
        into[7] = (float)Math.Log(tenure / seen);
        into[8] = (float)Math.Log(visits.Lines / (double)visits.Count);
        into[9] = (float)Math.Log(visits.LinesOfLast);
        into[10] = visits.Between(asOf - 365, asOf - 365 + 14);
        into[11] = visits.Between(asOf - 365 + 14, asOf - 365 + 60);
        into[12] = (float)Math.Log(1 + visits.LastGap);
        into[13] = visits.Since(asOf - 365);
        var record = visits.Record();
        var next = CoreStart + HazardSegments.Count;
        into[next++] = Logit(process.ProbabilityAlive(record));
        into[next++] = Logit(process.ProbabilityOfVisit(record, 14 / CustomerRecords.DaysPerUnit));
        into[next++] = (float)Math.Log(process.ExpectedVisits(record, 30 / CustomerRecords.DaysPerUnit) + 1e-3);
        into[next++] = (float)Math.Log(visits.Lines / (double)visits.Products);
        into[next] = Logit(visits.RepeatShare);
    }

    /// <summary>The part of the customer and product.</summary>
    public static void FillPair(
        CustomerVisits visits, in PairPurchases own, int product, in PairGap gap, GapPrior prior, ProductTrends trends, int firstDay, Span<float> into)
    {
        var asOf = visits.AsOfDay;
        var n = own.Count;
        var last = own.Day(n - 1);
        var first = own.Day(0);
        var recency = (double)(asOf - last);
        var meanGap = n > 1 ? (last - first) / (double)(n - 1) : Math.Exp(prior.LogGap);
        var lastGap = n > 1 ? last - own.Day(n - 2) : meanGap;
        var (d30, d90, d365, sum, squares) = (0.0, 0.0, 0.0, 0.0, 0.0);
        var (byVisit, lastYear, lastYearLong) = (0.0, 0, 0);
        for (var i = 0; i < n; i++)
        {
            var age = asOf - own.Day(i);
            d30 += Math.Pow(2, -age / 20.0);
            d90 += Math.Pow(2, -age / 70.0);
            d365 += Math.Pow(2, -age / 250.0);
            byVisit += Math.Pow(0.85, visits.Since(own.Day(i)) - 1);
            lastYear += age > 350 && age <= 365 ? 1 : 0;
            lastYearLong += age > 305 && age <= 365 ? 1 : 0;
            if (i > 0)
            {
                var logGap = Math.Log(own.Day(i) - own.Day(i - 1));
                sum += logGap;
                squares += logGap * logGap;
            }
        }

        var sinceLast = visits.Since(last) - 1;
        var sinceFirst = visits.Since(first);
        var curve = gap.Curve;
        var i0 = 14;
        into[i0++] = (float)Math.Log(n / DaysSeen(visits, firstDay));
        into[i0++] = (float)Math.Log(recency);
        into[i0++] = (float)Math.Log(meanGap);
        into[i0++] = (float)Math.Log(lastGap);
        into[i0++] = (float)Math.Log(recency / meanGap);
        into[i0++] = (float)gap.LogGap;
        into[i0++] = (float)(gap.LogWaited - gap.LogGap);
        into[i0++] = (float)(n > 2 ? Math.Sqrt(Math.Max(0, (squares - (sum * sum / (n - 1))) / (n - 2))) : -1);
        into[i0++] = Logit(curve.Ever);
        into[i0++] = (float)Math.Log(d30 + 0.05);
        into[i0++] = (float)Math.Log(d90 + 0.05);
        into[i0++] = (float)Math.Log(d365 + 0.05);
        into[i0++] = (float)Math.Log(1 + sinceLast);
        into[i0++] = Logit((n + 0.2) / (sinceFirst + 2));
        into[i0++] = (float)Math.Log(byVisit + 0.02);
        into[i0++] = lastYear;
        into[i0++] = lastYearLong;
        into[i0++] = (float)(own.LogQuantity(n - 1) - own.UsualLogQuantity());
        into[i0++] = (float)(own.LogQuantity(n - 1) - trends[6, product]);
        into[i0++] = trends[0, product];
        into[i0++] = trends[1, product];
        into[i0++] = trends[2, product];
        into[i0++] = trends[3, product];
        into[i0++] = trends[4, product];
        into[i0++] = trends[5, product];
        into[i0++] = (float)prior.LogGap;
        into[GroupStart - 2] = trends[8, product];
        into[GroupStart - 1] = trends[9, product];
        visits.Groups.Fill(product, own, asOf, into[GroupStart..]);
        var open = curve.LogOpen(0);
        for (var k = 0; k < HazardSegments.Count; k++)
        {
            var after = curve.LogOpen(HazardSegments.End[k]);
            into[i0++] = Logit(1 - Math.Exp(after - open));
            open = after;
        }
    }

    /// <summary>How many of the features are looked at.</summary>
    public static int Used(PurchaseColumns columns) => columns.HasFamilies ? Count : GroupStart;

    private static double DaysSeen(CustomerVisits visits, int firstDay) =>
        Math.Min(LongestLog, visits.AsOfDay - Math.Min(firstDay, visits.FirstDay));

    private static float Logit(double p)
    {
        var bounded = Math.Clamp(p, 1e-5, 1 - 1e-5);
        return (float)Math.Log(bounded / (1 - bounded));
    }
}
