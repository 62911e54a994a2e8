using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// What one customer looked at, put into the cart or wished for before a day, fading with the days. Kinds and half-lives are
/// kept apart: the blend learns what each is worth in this store.
/// </summary>
internal sealed class InteractionState(int products)
{
    private const double FastHalfLifeDays = 3;
    private const double SlowHalfLifeDays = 30;
    private readonly int[] _lastDay = new int[products];
    private readonly InteractionKind[] _strongest = new InteractionKind[products];

    /// <summary>Views, the newest counting most.</summary>
    public ScoreBoard RecentViews { get; } = new(products);

    public ScoreBoard Views { get; } = new(products);

    public ScoreBoard Carts { get; } = new(products);

    public ScoreBoard WishLists { get; } = new(products);

    /// <summary>All of them together, for picking candidates.</summary>
    public ScoreBoard Any { get; } = new(products);

    /// <summary>Of a product in <see cref="Any"/>: the strongest that was done, and the day of the last.</summary>
    public (InteractionKind Kind, int Day) Last(int product) => (_strongest[product], _lastDay[product]);

    public void Load(InteractionColumns columns, int customer, int asOfDay)
    {
        if (columns.Rows == 0)
            return;
        foreach (var board in (ReadOnlySpan<ScoreBoard>)[RecentViews, Views, Carts, WishLists, Any])
            board.Clear();
        if (customer < 0)
            return;
        for (var row = columns.CustomerStart[customer]; row < columns.CustomerStart[customer + 1] && columns.Day[row] < asOfDay; row++)
        {
            var days = asOfDay - columns.Day[row];
            var slow = (float)(columns.Count[row] * Math.Pow(0.5, days / SlowHalfLifeDays));
            var product = columns.Product[row];
            var kind = (InteractionKind)columns.Kind[row];
            _strongest[product] = Any[product] == 0 ? kind : Stronger(_strongest[product], kind);
            _lastDay[product] = columns.Day[row];
            Any.Add(product, slow);
            switch (kind)
            {
                case InteractionKind.View:
                    RecentViews.Add(product, (float)(columns.Count[row] * Math.Pow(0.5, days / FastHalfLifeDays)));
                    Views.Add(product, slow);
                    break;
                case InteractionKind.Cart:
                    Carts.Add(product, slow);
                    break;
                case InteractionKind.WishList:
                    WishLists.Add(product, slow);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The one of two that says more of what is wanted: a cart more than a wish, a wish more than a look.</summary>
    public static InteractionKind Stronger(InteractionKind one, InteractionKind other) => Strength(one) >= Strength(other) ? one : other;

    private static int Strength(InteractionKind kind) => kind switch
    {
        InteractionKind.Cart => 3,
        InteractionKind.WishList => 2,
        InteractionKind.View => 1,
        _ => 0,
    };
}
