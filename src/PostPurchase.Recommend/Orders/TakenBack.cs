namespace PostPurchase.Recommend.Orders;

/// <summary>What a return took off a purchase of an earlier day.</summary>
/// <param name="Customer">The customer's number before ids are trimmed.</param>
/// <param name="Product">The product's number before ids are trimmed.</param>
/// <param name="Day">The day of the purchase.</param>
/// <param name="ReturnDay">The day of the return, after that of the purchase.</param>
/// <param name="Quantity">What was taken off.</param>
/// <param name="UnitPrice">The purchase's price, zero where unknown.</param>
/// <param name="DeliveredDay">The purchase's delivery, zero where unknown.</param>
internal readonly record struct TakenBack(int Customer, int Product, int Day, int ReturnDay, float Quantity, float UnitPrice, int DeliveredDay);
