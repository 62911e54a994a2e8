namespace PostPurchase.Recommend.Ranking;

/// <summary>A product and its probability; sorts the most probable first, ties by number and thus by id.</summary>
internal readonly record struct RankedProduct(int Product, double Probability) : IComparable<RankedProduct>
{
    public int CompareTo(RankedProduct other) =>
        Probability != other.Probability ? other.Probability.CompareTo(Probability) : Product.CompareTo(other.Product);
}
