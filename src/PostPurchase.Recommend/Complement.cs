namespace PostPurchase.Recommend;

/// <summary>A product that is bought after another one more often than chance explains.</summary>
/// <param name="ProductId">The complement.</param>
/// <param name="AnchorProductId">The product of the basket it goes with.</param>
/// <param name="Probability">The shrunk probability, from 0 to 1, that a customer buys the complement within the horizon after the anchor.</param>
/// <param name="Lift">How many times more often than without the anchor.</param>
/// <param name="Customers">The number of customers who bought the complement after the anchor.</param>
public sealed record Complement(string ProductId, string AnchorProductId, double Probability, double Lift, int Customers);
