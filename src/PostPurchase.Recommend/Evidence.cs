namespace PostPurchase.Recommend;

/// <summary>What an answer stands on, from the strongest to none at all.</summary>
public enum Evidence
{
    /// <summary>Too little signal to say anything better than chance: the answer carries no date.</summary>
    NotPredictable = 0,

    /// <summary>All customers and products together: the customer and the product are new to the model.</summary>
    Population = 1,

    /// <summary>Other products of the same category.</summary>
    Category = 2,

    /// <summary>Other customers' purchases of this product.</summary>
    Product = 3,

    /// <summary>The customer's own purchases of this product.</summary>
    Own = 4,
}
