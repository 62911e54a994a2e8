using PostPurchase.Recommend.Scoring;

namespace PostPurchase.Recommend.Ranking;

/// <summary>The working memory of one request, reused by the next.</summary>
internal sealed class RankingScratch(int products, int customers, int factors, int categories)
{
    private float[] _keys = [];
    private float[] _rows = [];
    private double[] _scores = [];
    private int[] _products = [];
    private readonly float[] _sums = new float[products];
    private readonly ulong[] _eligible = new ulong[(products + 63) / 64];

    public CustomerState State { get; } = new(products);

    public CategoryState Categories { get; } = new(categories);

    public NeighbourScratch Neighbours { get; } = new(customers, products);

    public ScoreBoard LastBasketScores { get; } = new(products);

    public ScoreBoard HistoryScores { get; } = new(products);

    /// <summary>The customer's vector among the matrix factors.</summary>
    public float[] CustomerFactors { get; } = new float[factors];

    /// <summary>The mean direction of the last basket's products among the matrix factors.</summary>
    public float[] LastBasketFactors { get; } = new float[factors];

    public ScoredItem[] BestByFactors { get; } = new ScoredItem[CandidateFinder.PerSource];

    public ScoreBoard Chosen { get; } = new(products);

    /// <summary>The products to score.</summary>
    public List<int> Candidates { get; } = [];

    /// <summary>Room for numbers to select from.</summary>
    public Span<float> Keys(int length) => Room(ref _keys, length);

    /// <summary>Room for products.</summary>
    public Span<int> Products(int length) => Room(ref _products, length);

    /// <summary>One number a product, zero but while in use.</summary>
    public int[] Places { get; } = new int[products];

    /// <summary>Room for one number a product.</summary>
    public Span<float> Sums => _sums;

    /// <summary>One bit a product.</summary>
    public Span<ulong> Eligible => _eligible;

    /// <summary>Room for the features of the candidates.</summary>
    public Span<float> Rows(int length) => Room(ref _rows, length);

    /// <summary>Room for the scores of the candidates.</summary>
    public Span<double> Scores(int length) => Room(ref _scores, length);

    private static Span<T> Room<T>(ref T[] array, int length)
    {
        if (array.Length < length)
            array = new T[Math.Max(length, array.Length * 2)];
        return array.AsSpan(0, length);
    }
}
