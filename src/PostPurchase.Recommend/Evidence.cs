namespace PostPurchase.Recommend;

/// <summary>What an answer stands on, from the strongest to none at all.</summary>
public enum Evidence
{
    /// <summary>Too little signal to say anything better than chance: the answer carries no date.</summary>
    NotPredictable = 0,

    /// <summary>All customers and products together: the product is new to the model, or nobody has bought it or its like again.</summary>
    Population = 1,

    /// <summary>Other products of the same category: nobody has bought this one again.</summary>
    Category = 2,

    /// <summary>Other customers' purchases of this product.</summary>
    Product = 3,

    /// <summary>The customer's own purchases of this product.</summary>
    Own = 4,
}
