namespace PostPurchase.Samples;

/// <summary>One customer of the simulated store: what the log shows, what follows, and what is true.</summary>
/// <param name="Id">The customer's id.</param>
/// <param name="Lines">The lines of the log in order of time.</param>
/// <param name="HeldOut">The lines after the log in order of time.</param>
/// <param name="LapsesOn">The first day on which the customer is lost to the store; may lie after the log.</param>
/// <param name="Pairs">The truth of every product that the customer uses up and bought inside the log, in order of product ids.</param>
public sealed record SimulatedCustomer(
    string Id,
    IReadOnlyList<OrderLine> Lines,
    IReadOnlyList<OrderLine> HeldOut,
    DateOnly LapsesOn,
    IReadOnlyList<PairTruth> Pairs);
