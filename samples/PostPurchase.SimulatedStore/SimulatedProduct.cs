namespace PostPurchase.Samples;

/// <summary>One product of the simulated store, with what is true of it.</summary>
/// <param name="Id">The product's id, such as "alba-toothbrush-heads".</param>
/// <param name="Family">What it is whatever the brand, such as "toothbrush-heads": products of a family replace each other.</param>
/// <param name="Category">The category, such as "Oral care".</param>
/// <param name="Price">The price of one unit.</param>
/// <param name="Use">How customers use it.</param>
/// <param name="TypicalDaysPerUnit">How many days one unit lasts a typical customer; zero for products that are not used up.</param>
/// <param name="FitsProductId">The durable product that this one is made for, or <see langword="null"/>.</param>
public sealed record SimulatedProduct(
    string Id, string Family, string Category, double Price, ProductUse Use, double TypicalDaysPerUnit, string? FitsProductId);
