using MathNet.Numerics.Distributions;
using PostPurchase.Recommend.Customers;

namespace PostPurchase.Recommend.Tests.Customers;

public sealed class SpendProcessTests
{
    private static readonly SpendProcess _process = new(4.5, 3.2, 25);

    [Theory]
    [InlineData(1, 12)]
    [InlineData(3, 40)]
    [InlineData(25, 31.5)]
    public void Closed_forms_equal_quadrature_over_customers_rates(int orders, double mean)
    {
        var record = new SpendRecord(orders, mean);
        // The mean of so many gamma order values is a gamma itself, given the rate.
        var likelihood = OverRates(rate => Math.Exp(Gamma.PDFLn(_process.OrderShape * orders, rate * orders, mean)));
        var value = OverRates(rate => _process.OrderShape / rate * Math.Exp(Gamma.PDFLn(_process.OrderShape * orders, rate * orders, mean)));
        Assert.Equal(Math.Log(likelihood), _process.LogLikelihood(record), 6);
        Assert.Equal(value / likelihood, _process.ExpectedValue(record), 4);
    }

    [Fact]
    public void With_no_order_the_value_expected_is_that_of_all_by_quadrature() =>
        Assert.Equal(OverRates(rate => _process.OrderShape / rate), _process.ExpectedValue(new SpendRecord(0, 0)), 3);

    [Fact]
    public void Parameters_are_recovered_from_simulated_customers_in_any_currency()
    {
        var source = new MathNetSource(4);
        foreach (var currency in (double[])[1, 150])
        {
            SpendRecord[] records =
            [
                .. Enumerable.Range(0, 6_000).Select(i =>
                {
                    var rate = Gamma.Sample(source, _process.CustomerShape, _process.CustomerScale * currency);
                    var orders = 2 + (i % 9);
                    return new SpendRecord(orders, Enumerable.Range(0, orders).Average(_ => Gamma.Sample(source, _process.OrderShape, rate)));
                }),
            ];
            var fit = SpendProcessTrainer.Fit(records, new TrainingRun())!;
            // Three to four standard errors with this many customers.
            Assert.InRange(fit.OrderShape, 4.2, 4.8);
            Assert.InRange(fit.CustomerShape, 2.9, 3.5);
            Assert.InRange(fit.CustomerScale / currency, 21.5, 28.5);
        }
    }

    // In the logarithm of the rate, where the density is smooth and both ends are flat.
    private static double OverRates(Func<double, double> value)
    {
        const int steps = 20_000;
        var (low, high, sum) = (Math.Log(1e-7), Math.Log(1e3), 0.0);
        for (var i = 0; i < steps; i++)
        {
            var rate = Math.Exp(low + ((high - low) * (i + 0.5) / steps));
            sum += value(rate) * Gamma.PDF(_process.CustomerShape, _process.CustomerScale, rate) * rate;
        }

        return sum * (high - low) / steps;
    }
}
