namespace PostPurchase.Samples;

/// <summary>How customers use a product, which decides whether and when they buy it again.</summary>
public enum ProductUse
{
    /// <summary>It is used up and bought again at the customer's own interval.</summary>
    Consumable,

    /// <summary>It is used up too, but bought inside its season only.</summary>
    Seasonal,

    /// <summary>It lasts: bought once, often with consumables that fit it.</summary>
    Durable,

    /// <summary>It is given away: bought at any time, most of all before Christmas, rarely twice.</summary>
    Gift,
}
