namespace PostPurchase.Samples;

/// <summary>What every brand of one kind of product has in common.</summary>
/// <param name="Name">The name inside the product ids.</param>
/// <param name="Category">The category.</param>
/// <param name="Price">The price of a middling brand.</param>
/// <param name="Use">How customers use it.</param>
/// <param name="DaysPerUnit">How long one unit lasts a typical customer; zero when it is not used up.</param>
/// <param name="Regularity">The shape of the gamma-distributed gaps: 1 is pure chance, 30 is clockwork.</param>
/// <param name="Popularity">How often customers take it up, relative to the others.</param>
/// <param name="Fits">The durable family it is made for, if any.</param>
/// <param name="SeasonStart">For seasonal products, the first month of the season, from 1 to 12.</param>
/// <param name="SeasonMonths">For seasonal products, the length of the season in months.</param>
internal sealed record ProductFamily(
    string Name,
    string Category,
    double Price,
    ProductUse Use,
    double DaysPerUnit = 0,
    double Regularity = 1,
    double Popularity = 1,
    string? Fits = null,
    int SeasonStart = 1,
    int SeasonMonths = 12);
