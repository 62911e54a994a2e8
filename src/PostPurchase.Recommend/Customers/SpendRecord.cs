namespace PostPurchase.Recommend.Customers;

/// <summary>What a customer has spent: the number of orders and their mean value, both above zero.</summary>
internal readonly record struct SpendRecord(int Orders, double MeanValue);
