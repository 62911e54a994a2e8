using System.Runtime.InteropServices;
using F = PostPurchase.Recommend.Ranking.RankingFeature;

namespace PostPurchase.Recommend.Ranking;

/// <summary>Turns one customer and one product into the numbers that the blend sees; NaN is "does not apply".</summary>
internal static class RankingFeatures
{
    // Near enough to be the hazard of the day asked about, and long enough to be of some size.
    private const double HazardDays = 7;
    private const float PriorVisits = 5;
    private const float PriorBuyers = 5;

    public static int Count { get; } = Enum.GetValues<F>().Length;

    /// <summary>The group of a feature: the part of its name before the underscore.</summary>
    public static string Group(F feature) => feature.ToString().Split('_')[0];

    /// <summary>The features of all candidates of the request, one row after the other.</summary>
    public static void Fill(RankingSources sources, RankingScratch scratch, Span<float> rows)
    {
        var popularity = new PopularityAsOf(sources.Calendar, scratch.State.AsOfDay);
        var products = CollectionsMarshal.AsSpan(scratch.Candidates);
        for (var i = 0; i < products.Length; i++)
        {
            var row = rows.Slice(i * Count, Count);
            // What is the customer's alone is the same in every row.
            if (i == 0)
                FillCustomer(scratch.State, row);
            else
                rows[(int)F.Customer_Baskets..(int)F.Product_Buyers].CopyTo(row[(int)F.Customer_Baskets..]);
            Fill(sources, popularity, scratch, products[i], row);
        }

        FillFactors(sources, scratch, products, rows);
        foreach (var feature in sources.LeftOut)
        {
            for (var i = 0; i < products.Length; i++)
                rows[(i * Count) + (int)feature] = float.NaN;
        }
    }

    // All products in one go: four dot products at once take little longer than one.
    private static void FillFactors(RankingSources sources, RankingScratch scratch, ReadOnlySpan<int> products, Span<float> rows)
    {
        var scores = scratch.Keys(products.Length);
        sources.Factors.Scores(scratch.CustomerFactors, products, scores);
        for (var i = 0; i < scores.Length; i++)
            rows[(i * Count) + (int)F.Factor_Score] = scores[i];
        sources.Directions.Dot(scratch.LastBasketFactors, products, scores);
        for (var i = 0; i < scores.Length; i++)
            rows[(i * Count) + (int)F.Factor_LastBasket] = scores[i];
    }

    private static void Fill(RankingSources sources, in PopularityAsOf popularity, RankingScratch scratch, int product, Span<float> row)
    {
        var state = scratch.State;
        ref readonly var habits = ref sources.Statistics.Of(product);
        FillOwn(sources, state, product, row);
        FillProduct(habits, state, row);
        popularity.Fill(product, row);
        var neighbour = scratch.Neighbours.Near(product);
        row[(int)F.Neighbour_Score] = neighbour;
        row[(int)F.Neighbour_Relative] = neighbour / (habits.Buyers + PriorBuyers);
        row[(int)F.Neighbour_Wide] = scratch.Neighbours.Wide(product);
        row[(int)F.Transition_LastBasket] = scratch.LastBasketScores[product];
        row[(int)F.Transition_History] = scratch.HistoryScores[product];
        FillCategory(sources, scratch, product, row);
        if (sources.Columns.Interactions.Rows == 0)
        {
            row[(int)F.Interaction_RecentViews..((int)F.Interaction_WishLists + 1)].Clear();
            return;
        }

        row[(int)F.Interaction_RecentViews] = state.Interactions.RecentViews[product];
        row[(int)F.Interaction_Views] = state.Interactions.Views[product];
        row[(int)F.Interaction_Carts] = state.Interactions.Carts[product];
        row[(int)F.Interaction_WishLists] = state.Interactions.WishLists[product];
    }

    private static void FillCategory(RankingSources sources, RankingScratch scratch, int product, Span<float> row)
    {
        var category = sources.Columns.HasFamilies ? sources.Columns.ProductFamily[product] : -1;
        row[(int)F.Category_Share] = category < 0 ? float.NaN : scratch.Categories.Share(category);
        row[(int)F.Category_DaysSince] = category < 0 ? float.NaN : scratch.Categories.DaysSince(category, scratch.State.AsOfDay);
        row[(int)F.Category_ProductShare] = category < 0 ? float.NaN : sources.Shelves.ShareOfCategory(product);
    }

    private static void FillOwn(RankingSources sources, CustomerState state, int product, Span<float> row)
    {
        var slot = state.SlotOf(product);
        if (slot < 0)
        {
            row[..(int)F.Customer_Baskets].Fill(float.NaN);
            row[(int)F.Own_Count] = 0;
            return;
        }

        ref readonly var own = ref state.Own[slot];
        var repeats = own.Count > 1 ? own.Count - 1 : float.NaN;
        var since = state.Baskets - own.LastBasket;
        var daysSince = state.AsOfDay - own.LastDay;
        var gap = (own.LastBasket - own.FirstBasket) / repeats;
        var gapDays = (own.LastDay - own.FirstDay) / repeats;
        row[(int)F.Own_Count] = own.Count;
        row[(int)F.Own_Share] = (float)own.Count / state.Baskets;
        row[(int)F.Own_DecayFast] = own.BasketDecayFast;
        row[(int)F.Own_DecayMiddleShare] = own.BasketDecay / state.MiddleDecaySum;
        row[(int)F.Own_DecaySlowShare] = own.BasketDecaySlow / state.SlowDecaySum;
        row[(int)F.Own_DecayLongShare] = own.BasketDecayLong / state.LongDecaySum;
        row[(int)F.Own_DayDecayFast] = own.DayDecayFast;
        row[(int)F.Own_DayDecayMiddle] = own.DayDecay;
        row[(int)F.Own_DayDecaySlow] = own.DayDecaySlow;
        row[(int)F.Own_BasketsSince] = since;
        row[(int)F.Own_DaysSince] = daysSince;
        row[(int)F.Own_BasketsSinceFirst] = state.Baskets - own.FirstBasket;
        row[(int)F.Own_Rate] = (float)own.Count / (state.Baskets - own.FirstBasket);
        row[(int)F.Own_GapBaskets] = gap;
        row[(int)F.Own_OverdueBaskets] = since / gap;
        row[(int)F.Own_GapDays] = gapDays;
        row[(int)F.Own_OverdueDays] = daysSince / gapDays;
        row[(int)F.Own_LastGapBaskets] = own.Count > 1 ? own.LastBasket - own.BeforeLastBasket : float.NaN;
        row[(int)F.Own_Streak] = own.Streak;
        row[(int)F.Own_LongestGapLeft] = own.LongestGap - since;
        row[(int)F.Own_LastQuantity] = own.LastQuantity;
        row[(int)F.Own_CountToMean] = own.Count * (float)state.OwnCount / state.Rows;
        row[(int)F.Own_YearAgo] = own.YearAgo;
        row[(int)F.Own_Weekday] = sources.Calendar.HasDates ? Weekday(own, state) : float.NaN;
        var (within, ever) = sources.Gaps.Curve(own, daysSince).WithinAndEver(HazardDays);
        row[(int)F.Own_Hazard] = (float)within;
        row[(int)F.Own_Returns] = (float)ever;
        row[(int)F.Own_DaysSinceToVisit] = daysSince / row[(int)F.Customer_GapDays];
    }

    // The product's share of the customer's visits on this day of the week, shrunk to its share of all visits and divided by that.
    private static float Weekday(in OwnProduct own, CustomerState state)
    {
        var share = (float)own.Count / state.Baskets;
        return (own.SameWeekday + (PriorVisits * share)) / ((state.SameWeekdayBaskets + PriorVisits) * share);
    }

    private static void FillCustomer(CustomerState state, Span<float> row)
    {
        var none = state.Baskets == 0;
        var gapDays = state.Baskets > 1 ? (float)(state.LastDay - state.FirstDay) / (state.Baskets - 1) : float.NaN;
        row[(int)F.Customer_Baskets] = state.Baskets;
        row[(int)F.Customer_MeanBasketSize] = none ? float.NaN : (float)state.Rows / state.Baskets;
        row[(int)F.Customer_LastBasketSize] = none ? float.NaN : state.LastBasketSize;
        row[(int)F.Customer_RepeatShare] = none ? float.NaN : state.RepeatShare;
        row[(int)F.Customer_LastRepeatShare] = none ? float.NaN : state.LastRepeatShare;
        row[(int)F.Customer_Products] = state.OwnCount;
        row[(int)F.Customer_DaysSinceVisit] = none ? float.NaN : state.AsOfDay - state.LastDay;
        row[(int)F.Customer_GapDays] = gapDays;
        row[(int)F.Customer_OverdueDays] = (state.AsOfDay - state.LastDay) / gapDays;
    }

    private static void FillProduct(in ProductHabits habits, CustomerState state, Span<float> row)
    {
        row[(int)F.Product_Buyers] = habits.Buyers;
        row[(int)F.Product_PurchasesPerBuyer] = habits.PurchasesPerBuyer;
        row[(int)F.Product_RebuyShare] = habits.RebuyShare;
        row[(int)F.Product_NextBasketRate] = habits.NextBasketRate;
        row[(int)F.Product_RepeatPerVisit] = habits.RepeatPerVisit;
        row[(int)F.Product_GapBaskets] = habits.MeanGapBaskets;
        row[(int)F.Product_GapDays] = habits.MeanGapDays;
        row[(int)F.Product_OverdueBaskets] = row[(int)F.Own_BasketsSince] / habits.MeanGapBaskets;
        row[(int)F.Product_OverdueDays] = row[(int)F.Own_DaysSince] / habits.MeanGapDays;
        row[(int)F.Product_RelativePrice] = habits.LogPrice - state.MeanPrice;
    }
}
