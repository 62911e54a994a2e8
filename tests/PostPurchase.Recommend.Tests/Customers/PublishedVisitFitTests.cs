using PostPurchase.Recommend.Customers;

namespace PostPurchase.Recommend.Tests.Customers;

/// <summary>Published fits on public logs. Parameters sit on a flat top: digits beyond those compared depend on when an optimiser stops.</summary>
public sealed class PublishedVisitFitTests
{
    private static readonly TrainingRun _run = new();

    // Fader, Hardie and Lee (2005); their sample is stored in weeks to two decimals.
    [RealDataFact(ElogFile.Cdnow)]
    public void Bg_nbd_on_cdnow()
    {
        var log = new ElogFile(ElogFile.Cdnow, new DateOnly(1997, 9, 30), new DateOnly(1998, 6, 30), decimals: 2);
        Assert.Equal(2_357, log.Records.Length);
        var fit = VisitProcessTrainer.Fit(log.Records, 1, leavesAtStart: false, _run);
        Near(.2426, fit.RateShape, 1e-4);
        Near(4.4136, fit.RateScale, 5e-4);
        Near(.7930, fit.LeaveWeight, 5e-4);
        Near(2.4260, fit.StayWeight, 1e-3);
        Near(-9582.426, VisitProcessTrainer.LogLikelihood(fit, log.Records, _run), 1e-3);
        var customer = new VisitRecord(2, 213 / 7.0, 272 / 7.0, 0);
        Near(1.2260, fit.ExpectedVisits(customer, 39), 1e-4);
        Near(.726579, fit.ProbabilityAlive(customer), 5e-5);
    }

    [RealDataFact(ElogFile.Cdnow)]
    public void Mbg_nbd_on_cdnow()
    {
        var log = new ElogFile(ElogFile.Cdnow, new DateOnly(1997, 9, 30), new DateOnly(1998, 6, 30), decimals: 2);
        var fit = VisitProcessTrainer.Fit(log.Records, 1, leavesAtStart: true, _run);
        Near(.52484, fit.RateShape, 5e-5);
        Near(6.18300, fit.RateScale, 5e-4);
        Near(.89138, fit.LeaveWeight, 1e-4);
        Near(1.61405, fit.StayWeight, 2e-4);
        Near(-9582.133, VisitProcessTrainer.LogLikelihood(fit, log.Records, _run), 1e-3);
    }

    // BTYDplus on its grocery log, conditional expectations set right by the cohort's exact expectation.
    [RealDataFact(ElogFile.Grocery)]
    public void Mbg_cnbd_k_on_a_grocery()
    {
        var log = new ElogFile(ElogFile.Grocery, new DateOnly(2006, 12, 31), new DateOnly(2007, 12, 30));
        Assert.Equal(1_525, log.Records.Length);
        var fit = VisitProcessTrainer.FitRegularity(log.Records, 4, leavesAtStart: true, _run);
        Assert.Equal(2, fit.Regularity);
        Near(1.3292, fit.RateShape, 1e-4);
        Near(2.8126, fit.RateScale, 1e-4);
        Near(.4247, fit.LeaveWeight, 1e-4);
        Near(.7900, fit.StayWeight, 1e-4);
        Near(-14978.21, VisitProcessTrainer.LogLikelihood(fit, log.Records, _run), 0.01);
        var expected = log.Records.Select(record => fit.ExpectedVisits(record, 52)).ToArray();
        var exact = log.Records.Sum(record => fit.ExpectedVisits(record.ObservedFor + 52) - fit.ExpectedVisits(record.ObservedFor));
        Near(3970.0, exact, 0.1);
        Near(1.4310, log.MeanAbsoluteError(expected.Select(visits => visits * exact / expected.Sum())), 1e-4);
    }

    [RealDataFact(ElogFile.Grocery)]
    public void Bg_nbd_and_mbg_nbd_on_a_grocery()
    {
        var log = new ElogFile(ElogFile.Grocery, new DateOnly(2006, 12, 31), new DateOnly(2007, 12, 30));
        foreach (var (leavesAtStart, error) in ((bool, double)[])[(false, 1.5774), (true, 1.5131)])
        {
            var fit = VisitProcessTrainer.Fit(log.Records, 1, leavesAtStart, _run);
            Near(error, log.MeanAbsoluteError(log.Records.Select(record => fit.ExpectedVisits(record, 52))), 1e-4);
        }
    }

    // Fader and Hardie (2013), "The Gamma-Gamma Model of Monetary Value": the 946 repeat buyers of the same sample.
    [RealDataFact(ElogFile.Cdnow)]
    public void Gamma_gamma_on_cdnow()
    {
        var spend = ElogFile.RepeatSpend(new DateOnly(1997, 9, 30));
        Assert.Equal(946, spend.Length);
        var fit = SpendProcessTrainer.Fit(spend, _run)!;
        Near(6.25, fit.OrderShape, 0.005);
        Near(3.74, fit.CustomerShape, 0.005);
        Near(15.44, fit.CustomerScale, 0.005);
    }

    private static void Near(double published, double actual, double tolerance) =>
        Assert.InRange(actual, published - tolerance, published + tolerance);
}
