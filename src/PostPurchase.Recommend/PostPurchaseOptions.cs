using PostPurchase.Recommend.Complements;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend;

/// <summary>What to learn: the options of every part of the model. The defaults suit every shop we know.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record PostPurchaseOptions
{
    /// <summary>How replenishment is learned.</summary>
    /// <value>The default value is the default of <see cref="ReplenishmentOptions"/>.</value>
    public ReplenishmentOptions Replenishment { get; init; } = new();

    /// <summary>How bought-after pairs are learned.</summary>
    /// <value>The default value is the default of <see cref="ComplementOptions"/>.</value>
    public ComplementOptions Complements { get; init; } = new();

    internal void Validate() =>
        new OptionErrors(nameof(PostPurchaseOptions))
            .Within(nameof(Replenishment), Replenishment, static (replenishment, inside) => replenishment.Check(inside))
            .Within(nameof(Complements), Complements, static (complements, inside) => complements.Check(inside))
            .ThrowIfAny();
}
