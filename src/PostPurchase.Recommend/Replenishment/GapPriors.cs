using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// What is known about the gap between two purchases of a product before a customer's own gaps are looked at:
/// the logarithm of a gap that ends is normal around the product's mean, and a share of gaps never ends.
/// </summary>
/// <remarks>Products are shrunk to their category, categories to all; a product or category unknown to the model is all.</remarks>
internal sealed class GapPriors
{
    private readonly float[] _logGap;
    private readonly float[] _spread;
    private readonly float[] _returnShare;
    private readonly Evidence[] _evidence;

    public GapPriors(GapPrior population, float[] logGap, float[] spread, float[] returnShare, Evidence[] evidence)
    {
        Population = population;
        _logGap = logGap;
        _spread = spread;
        _returnShare = returnShare;
        _evidence = evidence;
    }

    /// <summary>All products together.</summary>
    public GapPrior Population { get; }

    /// <summary>The standard deviation between customers of one product of their mean logarithm of a gap.</summary>
    public required double CustomerSpread { get; init; }

    /// <summary>How much of the logarithm of the quantity, over the usual one, is added to the logarithm of the gap.</summary>
    public required double QuantityExponent { get; init; }

    /// <summary>How much an own gap counts beside the one after it; see <see cref="GapMemory"/>.</summary>
    public required double Memory { get; init; }

    /// <summary>Days from a purchase to its delivery, as known from the gaps that have ended; zero where no delivery is known.</summary>
    public required double DeliveryDays { get; init; }

    /// <summary>How many purchases the product's share of gaps that end is worth beside the customer's own.</summary>
    public required double ReturnStrength { get; init; }

    public GapPrior Of(int product) =>
        (uint)product < (uint)_logGap.Length ? new(_logGap[product], _spread[product], _returnShare[product]) : Population;

    /// <summary>
    /// What a forecast stands on after so many own purchases: after one, on the product if anybody has bought it again, or else on its
    /// category if anybody has bought something of it again, or else on all products.
    /// </summary>
    public Evidence EvidenceOf(int product, int timesBought) =>
        timesBought > 1 ? Evidence.Own
        : (uint)product < (uint)_evidence.Length ? _evidence[product]
        : Evidence.Population;

    public void Write(SectionWriter writer)
    {
        writer.Write(Population.LogGap);
        writer.Write(Population.Spread);
        writer.Write(Population.ReturnShare);
        writer.Write(CustomerSpread);
        writer.Write(QuantityExponent);
        writer.Write(Memory);
        writer.Write(DeliveryDays);
        writer.Write(ReturnStrength);
        writer.WriteArray<float>(_logGap);
        writer.WriteArray<float>(_spread);
        writer.WriteArray<float>(_returnShare);
        writer.WriteArray<byte>(Array.ConvertAll(_evidence, evidence => (byte)evidence));
    }

    public static GapPriors Read(SectionReader reader)
    {
        var population = new GapPrior(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        var (customerSpread, exponent, memory, delivery, strength) =
            (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        var logGap = reader.ReadFiniteFloats();
        var spread = reader.ReadFiniteFloats(logGap.Length);
        var returnShare = reader.ReadFiniteFloats(logGap.Length);
        var evidence = Array.ConvertAll(reader.ReadArray<byte>(logGap.Length), value => (Evidence)value);
        var areSound = IsSound(population) && double.IsFinite(customerSpread) && exponent is >= 0 and <= 1 && memory is > 0 and <= 1
            && delivery >= 0 && double.IsFinite(delivery) && strength >= 0 && double.IsFinite(strength);
        for (var p = 0; areSound && p < logGap.Length; p++)
            areSound = IsSound(new GapPrior(logGap[p], spread[p], returnShare[p])) && evidence[p] is >= Evidence.Population and <= Evidence.Product;
        if (!areSound)
            throw reader.Damaged("what it says of gaps cannot be");
        return new GapPriors(population, logGap, spread, returnShare, evidence)
        {
            CustomerSpread = customerSpread,
            QuantityExponent = exponent,
            Memory = memory,
            DeliveryDays = delivery,
            ReturnStrength = strength,
        };
    }

    // A share of exactly none or all comes of rounding, and is worked with.
    private static bool IsSound(GapPrior prior) =>
        double.IsFinite(prior.LogGap) && prior.Spread > 0 && double.IsFinite(prior.Spread) && prior.ReturnShare is >= 0 and <= 1;
}
