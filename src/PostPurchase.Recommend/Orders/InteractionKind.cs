namespace PostPurchase.Recommend.Orders;

/// <summary>What a line of the log says a customer did with a product.</summary>
public enum InteractionKind
{
    /// <summary>Bought it; with a quantity of zero or less, gave it back.</summary>
    Purchase = 0,

    /// <summary>Gave it back or cancelled it, whatever the sign of the quantity.</summary>
    Return = 1,

    /// <summary>Looked at it.</summary>
    View = 2,

    /// <summary>Put it into the cart.</summary>
    Cart = 3,

    /// <summary>Put it on a wish list.</summary>
    WishList = 4,
}
