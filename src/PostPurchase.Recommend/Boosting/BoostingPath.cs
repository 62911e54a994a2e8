namespace PostPurchase.Recommend.Boosting;

/// <summary>A training whose every step was kept: the loss on validation rows with none, one, two ... trees, and each of those models.</summary>
internal sealed class BoostingPath(BoostedTreesBuilder builder, IReadOnlyList<double> losses)
{
    public IReadOnlyList<double> Losses => losses;

    public BoostedTreesModel Model(int trees) => builder.Build(Math.Min(trees, builder.Trees));
}
