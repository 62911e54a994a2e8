using PostPurchase.Recommend.Customers;

namespace PostPurchase.Recommend.Tests.Customers;

/// <summary>Many visits at once are those summed up one by one.</summary>
public sealed class VisitsAheadTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(12)]
    public void Visits_ahead_are_the_sum_of_the_chances_of_every_one(int regularity)
    {
        foreach (var (shape, scale) in new[] { (0.3, 9.0), (1.3, 2.8), (40, 50) })
        {
            foreach (var (leave, stay) in new[] { (6e-6, 1), (0.3, 0.8), (1, 3), (0.42, 6e-6), (40, 400), (5e4, 4e5), (2e5, 0.1) })
            {
                foreach (var leavesAtStart in new[] { true, false })
                {
                    var process = new VisitProcess(regularity, shape, scale, leave, stay, leavesAtStart);
                    foreach (var record in new[] { new VisitRecord(0, 0, 0, 0), new VisitRecord(0, 0, 9, 0), new VisitRecord(5, 40, 52, 9), new VisitRecord(300, 310, 312, 0) })
                    {
                        var ahead = process.Ahead(record);
                        foreach (var weeks in new[] { 520, 1 / 7.0, 4.3, 52 })
                        {
                            var sum = Sum(process, record, weeks);
                            // Who all but surely leaves is known to five digits, all others to as many as a sum of thousands of terms has.
                            var precision = (1 + sum) * (stay < 1 ? 1e-5 : 1e-8);
                            Assert.Equal(sum, ahead.Within(weeks), precision);
                            Assert.Equal(sum * process.ProbabilityAlive(record), process.ExactVisits(record, weeks), precision);
                        }
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(12)]
    public void A_century_of_a_daily_customer_rises_week_by_week(int regularity)
    {
        var process = new VisitProcess(regularity, 2, 1, 0.3, 3, LeavesAtStart: true);
        var daily = new VisitRecord(700, 100, 100.1, 0);
        var before = 0.0;
        for (var weeks = 1; weeks <= 5_200; weeks++)
        {
            var visits = process.ExactVisits(daily, weeks);
            Assert.InRange(visits, before, 7.2 * weeks);
            before = visits;
        }

        Assert.InRange(before, 1_000, 36_500);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(24, 24)]
    [InlineData(48, 48)]
    [InlineData(49, 49)]
    [InlineData(120, 96)]
    [InlineData(1_217, 168)]
    public void A_curve_is_known_at_every_step_from_few_values(int steps, int most)
    {
        var asked = 0;
        var values = SmoothCurve.AtSteps(Curve, steps);
        Assert.Equal(steps, values.Length);
        Assert.InRange(asked, 1, most);
        for (var step = 1; step <= steps; step++)
            Assert.Equal(Curve(step), values[step - 1], 1e-12 * Curve(step));
        Assert.Empty(SmoothCurve.AtSteps(Curve, 0));

        double Curve(double time)
        {
            asked++;
            return 100 * Math.Pow(1 + (time / 3), 0.6);
        }
    }

    // The n-th visit more comes within the time when the steps to come are as many as are missing; the chance to be there then is a product.
    private static double Sum(VisitProcess process, VisitRecord record, double weeks)
    {
        var (passed, wait) = (process.RateScale + record.ObservedFor, record.ObservedFor - record.LastAt);
        var shape = process.RateShape + (process.Regularity * record.Repeats);
        var stay = process.StayWeight + record.Repeats + (process.LeavesAtStart ? 1 : 0);
        var (weight, weights, visits) = (1.0, 0.0, 0.0);
        for (var done = 0; done < process.Regularity; done++)
        {
            weight *= done == 0 ? 1 : wait / passed * (shape + done - 1) / done;
            weights += weight;
            var (logChance, fewer, steps, stays) = ((shape + done) * Math.Log(passed / (passed + weeks)), 0.0, 0, 1.0);
            for (var n = 1; n < 20_000; n++)
            {
                for (; steps < (process.Regularity * n) - done; steps++)
                {
                    fewer += Math.Exp(logChance);
                    logChance += Math.Log(weeks / (passed + weeks) * (shape + done + steps) / (steps + 1));
                }

                var reached = Math.Max(0, 1 - fewer) * stays;
                visits += weight * reached;
                if (reached < 1e-12)
                    break;
                stays *= (stay + n - 1) / (process.LeaveWeight + stay + n - 1);
            }
        }

        return visits / weights;
    }
}
