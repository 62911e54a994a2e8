using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Ranking;

/// <summary>What turns features into one calibrated probability: the linear part, the trees on top of it, and the last calibration.</summary>
internal sealed record RankingBlend(LinearBlend Linear, BoostedTreesModel Trees, BlendCalibration Calibration)
{
    /// <summary>The probabilities of rows stored one after the other; <paramref name="probabilities"/> is overwritten.</summary>
    public void Score(ReadOnlySpan<float> rows, Span<double> probabilities)
    {
        var width = RankingFeatures.Count;
        Trees.Score(rows, probabilities);
        for (var i = 0; i < probabilities.Length; i++)
        {
            var row = rows.Slice(i * width, width);
            probabilities[i] = Calibration.Probability(probabilities[i] + Linear.Score(row), LogBasketSize(row));
        }
    }

    /// <summary>The logarithm of the customer's mean basket size, which turns the scores of a list into probabilities.</summary>
    public static double LogBasketSize(ReadOnlySpan<float> row)
    {
        var size = row[(int)RankingFeature.Customer_MeanBasketSize];
        return size > 1 ? Math.Log(size) : 0;
    }

    public void Write(SectionWriter writer)
    {
        Linear.Write(writer);
        Trees.Write(writer);
        Calibration.Write(writer);
    }

    public static RankingBlend Read(SectionReader reader)
    {
        var blend = new RankingBlend(LinearBlend.Read(reader), BoostedTreesModel.Read(reader), BlendCalibration.Read(reader));
        return blend.Trees.Features == RankingFeatures.Count
            ? blend
            : throw reader.Damaged($"the trees ask for {blend.Trees.Features} features where there are {RankingFeatures.Count}");
    }
}
