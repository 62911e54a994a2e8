using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Factorization;

namespace PostPurchase.Recommend.Ranking;

/// <summary>How the blend of the ranking is learned.</summary>
internal sealed record RankingOptions
{
    /// <summary>
    /// The most rounds of held-out baskets, from 1 to 20; each rebuilds the sources on what lies before. A store is learned from three, or as many
    /// as it takes to see <see cref="EnoughPurchases"/> or, where histories are long, <see cref="PlentyOfPurchases"/>. With
    /// <see cref="EnoughCustomers"/> the oldest of them serves to choose and to check only.
    /// </summary>
    public int HeldOutRounds { get; init; } = 20;

    /// <summary>The rounds at most, from 1 to 20, where a typical customer has too few baskets for more.</summary>
    public int RoundsOfShortHistories { get; init; } = 8;

    /// <summary>The customers whose latest baskets are enough to choose and to calibrate by, unless these hold next to nothing.</summary>
    public int EnoughCustomers { get; init; } = 1500;

    /// <summary>The purchases that are enough to learn from where older baskets have much shorter histories behind them than those asked about.</summary>
    public int EnoughPurchases { get; init; } = 4000;

    /// <summary>The purchases that are enough where histories are long; at least <see cref="EnoughPurchases"/>.</summary>
    public int PlentyOfPurchases { get; init; } = 12_000;

    /// <summary>The baskets to learn from that a store with few customers is asked for, by holding out several of each customer.</summary>
    public int WantedBaskets { get; init; } = 2000;

    /// <summary>The most baskets to learn from in a round; of a large store customers are drawn.</summary>
    public int MostBasketsPerRound { get; init; } = 20_000;

    /// <summary>
    /// About the most rows to learn from in a round of a store with enough customers, a quarter of it in rounds after the third, and in all rounds of a
    /// store with few; candidates that were not bought are thinned out and weigh more, as if a visit had 180. Up to a fifth more rows come of customers
    /// with many products of their own.
    /// </summary>
    public int MostRows { get; init; } = 200_000;

    /// <summary>
    /// What was bought counts as its basket's size to minus this power when the order of lists is learned, from 0 (every purchase
    /// counts alike, so that large baskets rule) to 1 (every visit counts alike).
    /// </summary>
    public double BasketSizeExponent { get; init; } = 0.5;

    /// <summary>The matrix factors that are one source of the blend.</summary>
    public FactorizationOptions Factorization { get; init; } = new() { Iterations = 8 };

    /// <summary>How strongly the linear part is pulled to a ranking by the mixture alone: as by so many rows; above zero.</summary>
    public double LinearPriorRows { get; init; } = 200;

    /// <summary>The trees on top of the linear part; their number is the most that cross-validation may choose.</summary>
    public BoostedTreesOptions Trees { get; init; } = new()
    {
        Trees = 160,
        LearningRate = 0.06,
        MaxLeaves = 31,
        MinLeafRows = 60,
        FeatureShare = 0.6,
        RowShare = 0.7,
        L2Regularization = 5,
    };

    /// <summary>
    /// The trees that come first where few purchases teach: two questions each, which hold for other customers too. Their number follows
    /// from that of the purchases and is at most that of <see cref="Trees"/>.
    /// </summary>
    public BoostedTreesOptions SmallTrees { get; init; } = new()
    {
        LearningRate = 0.1,
        MaxLeaves = 4,
        MinLeafRows = 60,
        FeatureShare = 0.6,
        RowShare = 0.7,
        L2Regularization = 5,
    };

    /// <summary>Groups of features to leave out, with the candidates of the source they go with, to measure what they are worth.</summary>
    public IReadOnlyList<string> LeftOutGroups { get; init; } = [];

    /// <summary>The features of the groups left out, but how often the customer bought the product: it tells own products from new ones.</summary>
    public RankingFeature[] LeftOutFeatures =>
        [.. Enum.GetValues<RankingFeature>().Where(feature => LeftOutGroups.Contains(RankingFeatures.Group(feature)) && feature != RankingFeature.Own_Count)];

    /// <summary>The sources of candidates that are not left out.</summary>
    public CandidateSources Candidates => LeftOutGroups
        .Select(group => Enum.TryParse<CandidateSources>(group, out var source) ? source : CandidateSources.None)
        .Aggregate(CandidateSources.All, (all, leftOut) => all & ~leftOut);

    public void Validate()
    {
        new OptionErrors(nameof(RankingOptions))
            .InRange(nameof(HeldOutRounds), HeldOutRounds, 1, 20)
            .InRange(nameof(EnoughCustomers), EnoughCustomers, 1, 1e9)
            .InRange(nameof(RoundsOfShortHistories), RoundsOfShortHistories, 1, 20)
            .InRange(nameof(EnoughPurchases), EnoughPurchases, 1, 1e9)
            .InRange(nameof(PlentyOfPurchases), PlentyOfPurchases, EnoughPurchases, 1e9)
            .InRange(nameof(WantedBaskets), WantedBaskets, 1, 1e9)
            .InRange(nameof(MostBasketsPerRound), MostBasketsPerRound, 1, 1e9)
            .InRange(nameof(MostRows), MostRows, 1000, 20_000_000)
            .InRange(nameof(BasketSizeExponent), BasketSizeExponent, 0, 1)
            .InRange(nameof(LinearPriorRows), LinearPriorRows, 1e-3, 1e9)
            .ThrowIfAny();
        Trees.Validate();
        SmallTrees.Validate();
    }
}
