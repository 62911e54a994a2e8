namespace PostPurchase.Samples;

/// <summary>What is true of one customer and one product that the customer uses up, seen from the end of the log.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="ProductId">The product.</param>
/// <param name="MeanIntervalDays">The true mean number of days between purchases, as long as the customer goes on.</param>
/// <param name="DaysPerUnit">The true mean number of days that one unit lasts this customer.</param>
/// <param name="Regularity">The shape of the gamma-distributed time a unit lasts: 1 is pure chance, 30 is clockwork.</param>
/// <param name="LastPurchase">The last purchase inside the log.</param>
/// <param name="NextPurchase">The first purchase after the log, or <see langword="null"/> when none follows inside the held-out days.</param>
/// <param name="HasStopped">Whether the customer had turned away from the product, or from the store, when the log ends; another brand's buyer may still try it once.</param>
public sealed record PairTruth(
    string CustomerId,
    string ProductId,
    double MeanIntervalDays,
    double DaysPerUnit,
    double Regularity,
    DateOnly LastPurchase,
    DateOnly? NextPurchase,
    bool HasStopped);
