namespace PostPurchase.Recommend.Orders;

/// <summary>Reads the names that shops and data sets give to event types.</summary>
internal static class InteractionText
{
    public static bool TryParse(ReadOnlySpan<char> text, out InteractionKind kind)
    {
        text = text.Trim();
        InteractionKind? known = text switch
        {
            "" => InteractionKind.Purchase,
            _ when Is(text, "purchase", "order", "transaction", "buy") => InteractionKind.Purchase,
            _ when Is(text, "return", "refund", "cancel", "cancellation") => InteractionKind.Return,
            _ when Is(text, "view", "page_view", "pageview", "click") => InteractionKind.View,
            _ when Is(text, "cart", "add_to_cart", "addtocart", "basket") => InteractionKind.Cart,
            _ when Is(text, "wish_list", "wishlist", "favorite", "favourite") => InteractionKind.WishList,
            _ => null,
        };
        kind = known ?? default;
        return known is not null;
    }

    private static bool Is(ReadOnlySpan<char> text, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
