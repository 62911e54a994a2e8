namespace PostPurchase.Recommend.Ranking;

/// <summary>Where candidates come from beside the customer's own products; named as the groups of features they go with.</summary>
[Flags]
internal enum CandidateSources
{
    None = 0,
    Neighbour = 1,
    Transition = 2,
    Factor = 4,
    Category = 8,
    Interaction = 16,
    Popularity = 32,
    All = Neighbour | Transition | Factor | Category | Interaction | Popularity,
}
