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

    /// <summary>The customer looked at it, and in this shop what was looked at is bought more often than it merely sells.</summary>
    Viewed,

    /// <summary>The customer put it into the cart, and in this shop what was put there is bought more often than it merely sells.</summary>
    AddedToCart,

    /// <summary>The customer put it on a wish list, and in this shop what was wished for is bought more often than it merely sells.</summary>
    WishedFor,
}
