using F = PostPurchase.Recommend.Ranking.RankingFeature;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// The few well-shaped numbers of the linear part of the blend: logarithms, so that weights are exponents and differ little
/// from store to store. The first is the mixture that they start from. Inputs of products bought before and of new ones are kept apart: they follow different laws.
/// </summary>
internal static class LinearInputs
{
    private const double LeastShare = 1e-4;
    private const double LeastRate = 1e-3;
    private const int OwnStart = 11;
    private const int NewStart = OwnStart + 18;

    /// <summary>The input that ranks well by itself: the logarithm of <see cref="PurchaseMixture.Rate"/>.</summary>
    public const int Mixture = 0;

    public const int Count = NewStart + 10;

    public static void Fill(ReadOnlySpan<float> row, PurchaseMixture mixture, Span<double> x)
    {
        x.Clear();
        var isOwn = row[(int)F.Own_Count] > 0;
        var popular = Log(row[(int)F.Popularity_All], LeastShare);
        var month = Log(row[(int)F.Popularity_Month], LeastShare);
        x[Mixture] = Math.Log(mixture.Rate(row) + LeastShare);
        x[1] = isOwn ? 1 : 0;
        x[2] = isOwn ? Log(row[(int)F.Own_DecaySlowShare], LeastRate) : 0;
        x[3] = popular;
        x[4] = month;
        x[5] = Log(row[(int)F.Customer_MeanBasketSize], 1);
        x[6] = Log(row[(int)F.Customer_LastBasketSize], 1);
        x[7] = Log(row[(int)F.Customer_Baskets], 1);
        x[8] = Log(row[(int)F.Interaction_RecentViews], 1);
        x[9] = Log(row[(int)F.Interaction_Carts], 1);
        x[10] = Log(row[(int)F.Interaction_WishLists], 1);
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

    // What does not apply adds nothing.
    private static double Log(float value, double plus) => float.IsNaN(value) ? 0 : Math.Log(Math.Max(0, value) + plus);
}
