using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// How many products a customer buys for the first time a day: a Poisson regression (McCullagh and Nelder 1989, chapter 6) on how many those were lately,
/// how often the customer comes, how long ago the last and the first visit were, and how much was bought before. Whoever has bought for long finds less that is new.
/// </summary>
internal sealed record NewProductRate
{
    /// <summary>What the regression looks at.</summary>
    public const int Inputs = 6;

    /// <summary>The input that tells how often the customer comes.</summary>
    public const int VisitsInput = 1;

    // Who has not been tempted for months hardly will be: what is still new to a customer grows ever less tempting.
    private const double TemptedDays = 120;

    // Half an event as all customers have them: what few visits tell is pulled to that.
    private const double PriorEvents = 0.5;

    // Whether a customer came today or last week says little.
    private const double BlurDays = 7;

    // An input nobody has shown before must not carry an answer far away.
    private const double WidestScore = 4;

    // No customer finds more than four hundred new products a day.
    private const double MostLogRate = 6;
    private readonly PurchaseRates _rates;
    private readonly double[] _mean;
    private readonly double[] _scale;
    private readonly double[] _weights;

    /// <param name="rates">What all customers did.</param>
    /// <param name="mean">The mean of every input.</param>
    /// <param name="scale">One over the standard deviation of every input, or zero for one that is left out.</param>
    /// <param name="weights">The weights of the standardised inputs, and the level.</param>
    public NewProductRate(PurchaseRates rates, double[] mean, double[] scale, double[] weights)
    {
        _rates = rates;
        _mean = mean;
        _scale = scale;
        _weights = weights;
    }

    /// <summary>The rate of a customer who is not known: the mean of those who are.</summary>
    public double OfUnknown { get; init; }

    /// <summary>The days until then as new products see them: in the long run no more than four months of days like today.</summary>
    public static double Days(double ahead) => TemptedDays * (1 - Math.Exp(-ahead / TemptedDays));

    /// <summary>The rate of the customer with these visits.</summary>
    public double PerDay(CustomerVisits visits) => visits.Count == 0 ? OfUnknown : PerDay(NewProductRecord.Of(visits));

    public double PerDay(in NewProductRecord customer)
    {
        Span<double> inputs = stackalloc double[Inputs];
        Fill(customer, _rates, inputs);
        var log = _weights[^1];
        for (var j = 0; j < Inputs; j++)
            log += _weights[j] * Standard(inputs[j], _mean[j], _scale[j]);
        return Math.Exp(Math.Min(log, MostLogRate));
    }

    public static void Fill(in NewProductRecord customer, PurchaseRates rates, Span<double> inputs)
    {
        inputs[0] = Math.Log((customer.NewProducts + PriorEvents) / (customer.Days + (PriorEvents / rates.NewPerDay)));
        inputs[VisitsInput] = Math.Log((customer.LaterVisits + PriorEvents) / (customer.Days + (PriorEvents / rates.VisitsPerDay)));
        inputs[2] = Math.Log(customer.Since + BlurDays);
        inputs[3] = Math.Log(customer.Age + BlurDays);
        inputs[4] = Math.Log(customer.Visits);
        inputs[5] = Math.Log(customer.Products);
    }

    public static double Standard(double input, double mean, double scale) => Math.Clamp((input - mean) * scale, -WidestScore, WidestScore);

    public void Write(SectionWriter writer)
    {
        writer.Write(_rates.NewPerDay);
        writer.Write(_rates.VisitsPerDay);
        writer.Write(OfUnknown);
        writer.WriteArray<double>(_mean);
        writer.WriteArray<double>(_scale);
        writer.WriteArray<double>(_weights);
    }

    public static NewProductRate Read(SectionReader reader)
    {
        var rates = new PurchaseRates(reader.ReadDouble(), reader.ReadDouble());
        var unknown = reader.ReadDouble();
        double[] mean = reader.ReadArray<double>(Inputs), scale = reader.ReadArray<double>(Inputs), weights = reader.ReadArray<double>(Inputs + 1);
        return rates.NewPerDay > 0 && rates.VisitsPerDay > 0 && unknown >= 0
            && Array.TrueForAll([rates.NewPerDay, rates.VisitsPerDay, unknown, .. mean, .. scale, .. weights], double.IsFinite)
            ? new NewProductRate(rates, mean, scale, weights) { OfUnknown = unknown }
            : throw reader.Damaged("what it says of customers' new products cannot be");
    }
}
