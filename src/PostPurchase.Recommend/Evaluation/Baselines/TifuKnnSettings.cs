namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>What TIFU-KNN is run with; the paper tunes it for each store.</summary>
/// <param name="Groups">Into how many groups of consecutive baskets a history is cut.</param>
/// <param name="BasketDecay">The weight of a basket against the next one of its group.</param>
/// <param name="GroupDecay">The weight of a group against the next one.</param>
/// <param name="Neighbours">How many nearest customers are averaged.</param>
/// <param name="OwnShare">The weight of the customer's own history against the neighbours'.</param>
internal sealed record TifuKnnSettings(int Groups, double BasketDecay, double GroupDecay, int Neighbours, double OwnShare)
{
    /// <summary>The paper's setting for stores like Ta-Feng.</summary>
    public static TifuKnnSettings ManyGroups { get; } = new(7, 0.9, 0.7, 300, 0.7);

    /// <summary>The paper's setting for stores like Dunnhumby's.</summary>
    public static TifuKnnSettings FewGroups { get; } = new(3, 0.9, 0.6, 900, 0.2);
}
