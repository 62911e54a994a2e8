using F = PostPurchase.Recommend.Ranking.RankingFeature;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// The few well-shaped numbers of the linear part of the blend: logarithms, so that weights are exponents and differ little
/// from store to store. Inputs of products bought before and of new ones are kept apart: they follow different laws.
/// </summary>
internal static class LinearInputs
{
    private const double LeastShare = 1e-4;
    private const double LeastRate = 1e-3;

    // What share of a mixture is the customer's own: a basis, not a choice.
    private const float FewOwn = 0.2f;
    private const float HalfOwn = 0.5f;
    private const int OwnStart = Core + 6;
    private const int NewStart = OwnStart + 18;

    /// <summary>The first inputs: those that a ranking by habit, similar customers and popularity needs, and no others.</summary>
    public const int Core = 6;

    public const int Count = NewStart + 10;

    public static void Fill(ReadOnlySpan<float> row, Span<double> x)
    {
        x.Clear();
        var isOwn = row[(int)F.Own_Count] > 0;
        var popular = Log(row[(int)F.Popularity_All], LeastShare);
        var month = Log(row[(int)F.Popularity_Month], LeastShare);
        var share = isOwn ? row[(int)F.Own_DecaySlowShare] : 0;
        x[0] = isOwn ? 1 : 0;
        x[1] = isOwn ? Log(share, LeastRate) : 0;
        // A mixture inside the logarithm puts what was bought before and what is new on one scale.
        x[2] = Log(Mixture(FewOwn, share, row[(int)F.Neighbour_Wide]), LeastShare);
        x[3] = Log(Mixture(HalfOwn, share, row[(int)F.Popularity_All]), LeastShare);
        x[4] = popular;
        x[5] = month;
        x[Core] = Log(row[(int)F.Customer_MeanBasketSize], 1);
        x[Core + 1] = Log(row[(int)F.Customer_LastBasketSize], 1);
        x[Core + 2] = Log(row[(int)F.Customer_Baskets], 1);
        x[Core + 3] = Log(row[(int)F.Interaction_RecentViews], 1);
        x[Core + 4] = Log(row[(int)F.Interaction_Carts], 1);
        x[Core + 5] = Log(row[(int)F.Interaction_WishLists], 1);
        if (isOwn)
            FillOwn(row, x[OwnStart..NewStart], popular, month);
        else
            FillNew(row, x[NewStart..]);
    }

    private static void FillOwn(ReadOnlySpan<float> row, Span<double> x, double popular, double month)
    {
        x[0] = Log(row[(int)F.Product_RebuyShare], 0.01);
        x[1] = Log(row[(int)F.Own_DecayMiddleShare], LeastRate);
        x[2] = Log(row[(int)F.Own_Count], 0);
        x[3] = Log(row[(int)F.Own_BasketsSince], 0);
        x[4] = Log(row[(int)F.Own_Rate], LeastRate);
        x[5] = Log(row[(int)F.Product_RepeatPerVisit], LeastRate);
        x[6] = Log(row[(int)F.Product_NextBasketRate], LeastRate);
        x[7] = Log(row[(int)F.Own_OverdueBaskets], 0.05);
        x[8] = x[7] * x[7];
        x[9] = Log(row[(int)F.Own_DaysSince], 1);
        x[10] = popular;
        x[11] = month;
        x[12] = Log(row[(int)F.Neighbour_Score], LeastShare);
        x[13] = Log(row[(int)F.Transition_History], LeastRate);
        x[14] = Log(row[(int)F.Customer_Baskets], 1);
        x[15] = Log(row[(int)F.Customer_RepeatShare], 0.05);
        x[16] = Log(row[(int)F.Own_DaysSinceToVisit], 0.1);
        x[17] = Log(row[(int)F.Popularity_Trend], 0.1);
    }

    private static void FillNew(ReadOnlySpan<float> row, Span<double> x)
    {
        x[0] = Log(row[(int)F.Neighbour_Score], LeastShare);
        x[1] = Log(row[(int)F.Neighbour_Wide], LeastShare);
        x[2] = Log(row[(int)F.Transition_History], LeastRate);
        x[3] = Log(row[(int)F.Transition_LastBasket], LeastRate);
        x[4] = Log(row[(int)F.Customer_RepeatShare], 0.05);
        x[5] = Log(row[(int)F.Customer_Baskets], 1);
        x[6] = Log(row[(int)F.Popularity_Trend], 0.1);
        x[7] = Log(row[(int)F.Product_RebuyShare], 0.01);
        x[8] = Log(row[(int)F.Factor_Score], 0.01);
        x[9] = Log(row[(int)F.Category_Share], 0.01);
    }

    private static float Mixture(float ownPart, float own, float others) => (ownPart * (float.IsNaN(own) ? 0 : own)) + ((1 - ownPart) * (float.IsNaN(others) ? 0 : others));

    // What does not apply adds nothing.
    private static double Log(float value, double plus) => float.IsNaN(value) ? 0 : Math.Log(Math.Max(0, value) + plus);
}
