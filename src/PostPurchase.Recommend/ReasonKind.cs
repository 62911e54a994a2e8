namespace PostPurchase.Recommend;

/// <summary>The main reason a product is recommended.</summary>
public enum ReasonKind
{
    /// <summary>The customer buys it again and again, or bought it before.</summary>
    BoughtBefore,

    /// <summary>It is often bought after something the customer bought.</summary>
    GoesWith,

    /// <summary>Customers with a similar history buy it.</summary>
    SimilarCustomers,

    /// <summary>Many customers buy it now.</summary>
    Popular,

    /// <summary>The customer looked at it, wished for it or put it into the cart, and what is looked at here is bought more often than what merely sells.</summary>
    Browsed,
}
