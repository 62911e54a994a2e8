namespace PostPurchase.Recommend.Boosting;

/// <summary>Follows the loss on rows the trees have not seen, tree by tree.</summary>
internal sealed class EarlyStopping
{
    private readonly LabelledRows _rows;
    private readonly double[] _scores;
    private readonly int _patienceTrees;
    private readonly List<double> _losses;
    private double _bestLoss;

    public EarlyStopping(LabelledRows rows, double baseScore, int patienceTrees, TrainingRun run)
    {
        rows.Validate();
        _rows = rows;
        _patienceTrees = patienceTrees;
        _scores = new double[rows.Features.Rows];
        for (var i = 0; i < _scores.Length; i++)
            _scores[i] = rows.InitialScores.Length == 0 ? baseScore : rows.InitialScores[i];
        _bestLoss = LogisticLoss.Mean(_scores, rows.Labels, rows.Weights, run);
        _losses = [_bestLoss];
    }

    /// <summary>The loss with none, one, two ... trees.</summary>
    public IReadOnlyList<double> Losses => _losses;

    public int BestTrees { get; private set; }

    /// <summary>Adds the model's last tree; false when the loss has not improved for too long.</summary>
    public bool Continue(BoostedTreesBuilder model, TrainingRun run)
    {
        model.AddLastTree(_rows.Features, _scores, run);
        var loss = LogisticLoss.Mean(_scores, _rows.Labels, _rows.Weights, run);
        _losses.Add(loss);
        if (loss < _bestLoss)
        {
            _bestLoss = loss;
            BestTrees = model.Trees;
        }

        return model.Trees - BestTrees < _patienceTrees;
    }
}
