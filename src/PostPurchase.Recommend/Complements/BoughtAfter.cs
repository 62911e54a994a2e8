namespace PostPurchase.Recommend.Complements;

/// <summary>One complement of an anchor.</summary>
internal readonly record struct BoughtAfter(int Product, float Probability, float Lift, int Customers);
