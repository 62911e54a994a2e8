using PostPurchase.Recommend.Customers;
using PostPurchase.Recommend.Tests.Oracles;

namespace PostPurchase.Recommend.Tests.Customers;

public sealed class VisitProcessTests
{
    private static readonly VisitProcess _regular = new(2, 0.85, 1.45, 0.79, 2.42, LeavesAtStart: true);

    // Published for MBG/CNBD-k with k = 2 (BTYDplus).
    [Theory]
    [InlineData(0, 0, 0, -1.17024089, .20685750, .09370487)]
    [InlineData(1, 10, 2.302585092994046, -5.67271078, .14799894, .14291824)]
    [InlineData(2, 30, 5.41610040220442, -9.69709794, .56144785, .82386481)]
    [InlineData(5, 40, 10.39720770839918, -17.18592783, .67161069, 1.97784660)]
    [InlineData(12, 51, 17.363028, -28.04477577, .94357773, 5.98738476)]
    public void Mbg_cnbd_k_reproduces_the_published_table(
        int repeats, double lastAt, double sumLogGaps, double logLikelihood, double alive, double expected)
    {
        var record = new VisitRecord(repeats, lastAt, 52, repeats == 12 ? 12 * Math.Log(4.25) : sumLogGaps);
        Assert.Equal(logLikelihood, _regular.LogLikelihood(record), 8);
        Assert.Equal(alive, _regular.ProbabilityAlive(record), 8);
        Assert.Equal(expected, _regular.ExpectedVisits(record, 32), 8);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Closed_forms_equal_quadrature_over_rates_and_leaving(int regularity, bool leavesAtStart)
    {
        var process = new VisitProcess(regularity, 1.7, 2.3, 1.4, 2.6, leavesAtStart);
        foreach (var record in (VisitRecord[])[new(0, 0, 6, 0), new(1, 4, 10, Math.Log(4)), new(4, 9, 11, 4 * Math.Log(2.25))])
        {
            var oracle = new VisitQuadrature(process, record);
            Assert.Equal(oracle.LogLikelihood, process.LogLikelihood(record), 6);
            Assert.Equal(oracle.ProbabilityAlive, process.ProbabilityAlive(record), 6);
            Assert.Equal(oracle.ProbabilityOfVisit(5), process.ProbabilityOfVisit(record, 5), 6);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Expected_visits_of_pure_chance_equal_quadrature(bool leavesAtStart)
    {
        var process = new VisitProcess(1, 1.7, 2.3, 1.4, 2.6, leavesAtStart);
        foreach (var record in (VisitRecord[])[new(0, 0, 6, 0), new(1, 4, 10, 0), new(4, 9, 11, 0)])
            Assert.Equal(new VisitQuadrature(process, record).ExpectedVisits(8), process.ExpectedVisits(record, 8), 6);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public void Expected_visits_of_a_new_customer_integrate_the_renewal_of_the_first_visit(int regularity, bool leavesAtStart)
    {
        var process = new VisitProcess(regularity, 2.1, 3.2, 0.9, 2.2, leavesAtStart);
        // The grid of rates ends where a few millionths of the customers still are.
        var ratio = VisitQuadrature.ExpectedVisitsOfNew(process, 20) / process.ExpectedVisits(20);
        Assert.InRange(ratio, 1 - 1e-5, 1 + 1e-5);
        Assert.InRange(process.ExpectedVisits(40), process.ExpectedVisits(20), 1000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Visits_expected_exactly_are_no_fewer_than_the_chance_of_one_and_those_of_a_new_customer_known_otherwise(int regularity)
    {
        foreach (var leavesAtStart in new[] { true, false })
        {
            var process = _regular with { Regularity = regularity, LeavesAtStart = leavesAtStart };
            foreach (var ahead in new[] { 1e-6, 1 / 7.0, 1, 8, 52, 520, 5_200 })
            {
                Assert.Equal(process.ExpectedVisits(ahead), process.ExactVisits(new VisitRecord(0, 0, 0, 0), ahead), 1e-6);
                foreach (var record in new[] { new VisitRecord(0, 0, 9, 0), new VisitRecord(5, 40, 52, 9), new VisitRecord(300, 310, 312, 0), new VisitRecord(14_600, 2_080, 2_085, 0) })
                {
                    var expected = process.ExactVisits(record, ahead);
                    Assert.InRange(expected, process.ProbabilityOfVisit(record, ahead), 1e6);
                    // Where so many have come, the mean rate says much the same of the long run.
                    if (record.Repeats >= 300 && ahead >= 52)
                        Assert.InRange(expected / process.ExpectedVisits(record, ahead), 0.9, 1.1);
                }
            }
        }
    }

    [Fact]
    public void A_singular_leaving_parameter_is_bridged()
    {
        var record = new VisitRecord(3, 20, 25, 3 * Math.Log(7));
        var around = new[] { 0.999, 1, 1.001 }.Select(leave => (_regular with { LeaveWeight = leave }).ExpectedVisits(record, 30)).ToArray();
        Assert.InRange(around[1], Math.Min(around[0], around[2]), Math.Max(around[0], around[2]));
    }

    [Theory]
    [InlineData(1, 14_600, 2_086, 2_086.0, -28_400)]
    [InlineData(4, 14_600, 2_086, 2_086.0, -28_400)]
    [InlineData(4, 0, 0, 0, 0)]
    [InlineData(2, 0, 0, 2_000, 0)]
    [InlineData(3, 14_600, 1_000, 5_000, -40_000)]
    public void Extreme_customers_give_finite_answers(int regularity, int repeats, double lastAt, double observedFor, double sumLogGaps)
    {
        var process = _regular with { Regularity = regularity };
        var record = new VisitRecord(repeats, lastAt, observedFor, sumLogGaps);
        Assert.True(double.IsFinite(process.LogLikelihood(record)));
        Assert.InRange(process.ProbabilityAlive(record), 0, 1);
        Assert.InRange(process.ProbabilityOfVisit(record, 52), 0, 1);
        Assert.True(double.IsFinite(process.ExpectedVisits(record, 52)));
    }

    [Fact]
    public void Any_process_a_search_can_end_at_gives_finite_answers_for_any_customer()
    {
        double[] ends = [Math.Exp(-12), 0.3, 1, 40, Math.Exp(12)];
        VisitRecord[] records = [new(0, 0, 0, 0), new(0, 0, 500, 0), new(1, 0.15, 90, -2), new(40, 50, 52, 9), new(14_600, 2_086, 2_086, -28_400)];
        foreach (var (shape, scale) in ends.SelectMany(a => ends.Select(b => (a, b))))
        {
            foreach (var (leave, stay) in ends.SelectMany(a => ends.Select(b => (a, b))))
            {
                var process = new VisitProcess(1 + (int)(shape % 2), shape, scale, leave, stay, LeavesAtStart: scale < 1);
                foreach (var record in records)
                {
                    Assert.True(double.IsFinite(process.LogLikelihood(record)), $"{process} {record}");
                    Assert.InRange(process.ProbabilityAlive(record), 0, 1);
                    Assert.InRange(process.ProbabilityOfVisit(record, 2), 0, 1);
                    Assert.InRange(process.ExpectedVisits(record, 4.3), 0, 1e12);
                }
            }
        }
    }

    [Fact]
    public void Customers_who_leave_all_alike_are_expected_as_those_who_nearly_do()
    {
        // The series holds for the first and overflows for the second.
        var nearly = new VisitProcess(1, 1.7, 2.3, 500, 4_500, LeavesAtStart: true);
        var alike = nearly with { LeaveWeight = 5e4, StayWeight = 45e4 };
        foreach (var record in (VisitRecord[])[new(0, 0, 6, 0), new(4, 9, 11, 0)])
            Assert.InRange(alike.ExpectedVisits(record, 30) / nearly.ExpectedVisits(record, 30), 0.99, 1.01);
    }

    [Fact]
    public void The_probability_of_a_visit_rises_with_time_towards_being_alive()
    {
        var record = new VisitRecord(5, 40, 52, 5 * Math.Log(8));
        var before = 0.0;
        for (var ahead = 1; ahead < 2_000; ahead *= 2)
        {
            var now = _regular.ProbabilityOfVisit(record, ahead);
            Assert.InRange(now, before, _regular.ProbabilityAlive(record));
            before = now;
        }
    }
}
