using Microsoft.ML;
using Microsoft.ML.Data;
using PostPurchase.Recommend.Evaluation;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.MLNet.Evaluation;

namespace PostPurchase.Recommend.MLNet.Tests.Evaluation;

public class ProductRankingEvaluationTests
{
    private readonly MLContext _mlContext = new();

    private static List<ScoredPair> Rows =>
    [
        new() { CustomerId = "a", ProductId = "x", Score = 3, Label = true },
        new() { CustomerId = "b", ProductId = "y", Score = 9 },
        new() { CustomerId = "a", ProductId = "y", Score = 5 },
        new() { CustomerId = "a", ProductId = "z", Score = 1, Label = true },
        new() { CustomerId = "b", ProductId = "x", Score = 1, Label = true },
        new() { CustomerId = "c", ProductId = "z", Score = 1 },
    ];

    [Fact]
    public void Figures_are_those_computed_by_hand()
    {
        var metrics = _mlContext.Recommendation().EvaluateRanking(_mlContext.Data.LoadFromEnumerable(Rows), count: 2);
        // a: y, x of {x, z}; b: y, x of {x}; c bought nothing.
        Assert.Equal(2, metrics.Customers);
        Assert.Equal(((1 / 2.0) + (1 / 1.0)) / 2, metrics.Recall, 12);
        var second = 1 / Math.Log2(3);
        Assert.Equal(((second / (1 + second)) + second) / 2, metrics.Ndcg, 12);
        Assert.Equal(1, metrics.HitRate, 12);
        Assert.Equal(2 / 3.0, metrics.Coverage, 12);
        var first = _mlContext.Recommendation().EvaluateRanking(_mlContext.Data.LoadFromEnumerable(Rows), count: 1);
        Assert.Equal((0.0, 0.0, 0.0), (first.Recall, first.Ndcg, first.HitRate));
    }

    [Fact]
    public void A_product_of_several_rows_takes_one_place()
    {
        var rows = Rows;
        rows.Add(new ScoredPair { CustomerId = "a", ProductId = "y", Score = 4 });
        rows.Add(new ScoredPair { CustomerId = "b", ProductId = "x", Score = 0, Label = true });
        Assert.Equal(
            _mlContext.Recommendation().EvaluateRanking(_mlContext.Data.LoadFromEnumerable(Rows), count: 2),
            _mlContext.Recommendation().EvaluateRanking(_mlContext.Data.LoadFromEnumerable(rows), count: 2));
    }

    [Fact]
    public void Keys_and_single_labels_will_do()
    {
        var view = _mlContext.Data.LoadFromEnumerable(Rows);
        var keyed = _mlContext.Transforms.Conversion.MapValueToKey([new InputOutputColumnPair("CustomerId"), new InputOutputColumnPair("ProductId")])
            .Append(_mlContext.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Single))
            .Fit(view).Transform(view);
        Assert.Equal(_mlContext.Recommendation().EvaluateRanking(view, count: 2), _mlContext.Recommendation().EvaluateRanking(keyed, count: 2));
    }

    [Fact]
    public void NaN_a_bad_schema_and_nothing_to_find_are_clear_errors()
    {
        var rows = Rows;
        rows[4].Score = float.NaN;
        var nan = Assert.Throws<InvalidOperationException>(() => _mlContext.Recommendation().EvaluateRanking(_mlContext.Data.LoadFromEnumerable(rows)));
        Assert.Contains("'Score' holds NaN in row 4", nan.Message, StringComparison.Ordinal);
        var view = _mlContext.Data.LoadFromEnumerable(Rows);
        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Recommendation().EvaluateRanking(view, scoreColumnName: "Points"));
        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Recommendation().EvaluateRanking(view, scoreColumnName: "Label"));
        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Recommendation().EvaluateRanking(view, labelColumnName: "ProductId"));
        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Recommendation().EvaluateRanking(view, customerColumnName: "Score"));
        Assert.Throws<InvalidOperationException>(() => _mlContext.Recommendation().EvaluateRanking(_mlContext.Data.LoadFromEnumerable<ScoredPair>([])));
    }

    [Fact]
    public void All_products_are_ranked_for_a_factor_model_but_the_known_ones()
    {
        // Customer 0 likes products in the order 0, 1, 2, 3; customer 1 the other way round.
        var model = FactorModel.FromFactors(new FactorizationOptions { Factors = 1 }, [1, -1], [4, 3, 2, 1]);
        var known = InteractionMatrix.FromTriples(2, 4, [0], [0]);
        var truth = InteractionMatrix.FromTriples(2, 4, [0, 0, 1], [1, 3, 0]);
        var metrics = _mlContext.Recommendation().EvaluateRanking(model, known, truth, count: 2, NdcgIdeal.ListLength);
        // 0: 1, 2 of {1, 3}; 1: 3, 2 of {0}.
        Assert.Equal(((1 / 2.0) + 0) / 2, metrics.Recall, 12);
        Assert.Equal((1 / (1 + (1 / Math.Log2(3)))) / 2, metrics.Ndcg, 12);
        Assert.Equal(1 / 2.0, metrics.HitRate, 12);
        Assert.Equal(3 / 4.0, metrics.Coverage, 12);
        Assert.Throws<ArgumentException>(() => _mlContext.Recommendation().EvaluateRanking(model, InteractionMatrix.FromTriples(2, 5, [], []), truth));
    }

    public sealed class ScoredPair
    {
        public string CustomerId { get; set; } = "";

        public string ProductId { get; set; } = "";

        public float Score { get; set; }

        public bool Label { get; set; }
    }
}
