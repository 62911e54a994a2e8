using PostPurchase.Recommend.Evaluation;
using PostPurchase.Recommend.Factorization;

namespace PostPurchase.Recommend.Tests.Evaluation;

public sealed class RankingProtocolTests
{
    // Training: a p q, b p q r, c p. Popularity: p 3, q 2, r 1.
    private static readonly string[] Training = ["a p 0", "a q 0", "b p 0", "b q 0", "b r 0", "c p 0"];

    [Fact]
    public void Products_of_training_are_neither_ranked_nor_wanted()
    {
        // a's held-out p is no question any more; z is in no training data; u is a product nobody can rank.
        var protocol = new RankingProtocol(SmallLog.Of(Training), SmallLog.Of("a p 0", "a r 0", "c r 0", "c u 0", "z p 0"));
        Assert.Equal(2, protocol.CustomerCount);
        var popular = Metrics(protocol.Report([]).Tables[0].Rows[0]);
        // a: only r is left, a hit at the first place. c: q before r, and u counts as missed.
        Assert.Equal((1 + 0.5) / 2, popular["recall@20"], 12);
        Assert.Equal((1 + (1 / Math.Log2(3) / (1 + (1 / Math.Log2(3))))) / 2, popular["ndcg@20"], 12);
        Assert.Equal(1, popular["phr@20"]);
        Assert.Equal(2.0 / 3, popular["coverage@20"], 12);
    }

    [Fact]
    public void A_factor_model_ranks_by_its_scores()
    {
        var training = SmallLog.Of(Training);
        var protocol = new RankingProtocol(training, SmallLog.Of("c r 0"));
        // One factor: c wants what scores high, and r scores higher than q.
        var model = FactorModel.FromFactors(new FactorizationOptions { Factors = 1 }, [1, 1, 1], [0.9f, 0.1f, 0.5f]);
        Assert.Equal(1, Metrics(protocol.Measure("x", model))["ndcg@20"]);
        var other = FactorModel.FromFactors(new FactorizationOptions { Factors = 1 }, [1, 1, 1], [0.9f, 0.5f, 0.1f]);
        Assert.Equal(1 / Math.Log2(3), Metrics(protocol.Measure("x", other))["ndcg@20"], 12);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        var protocol = new RankingProtocol(SmallLog.Of(Training), SmallLog.Of("c r 0"));
        var stranger = FactorModel.FromFactors(new FactorizationOptions { Factors = 1 }, [1, 1], [1, 1, 1]);
        Assert.Throws<ArgumentException>(() => protocol.Measure("x", stranger));
        Assert.Throws<ArgumentException>(() => new RankingProtocol(SmallLog.Of(Training), SmallLog.Of("a p 0", "z p 0")));
    }

    private static Dictionary<string, double> Metrics(EvaluationRow row) => row.Metrics.ToDictionary(metric => metric.Name, metric => metric.Value);
}
