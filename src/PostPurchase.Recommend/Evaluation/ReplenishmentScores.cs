namespace PostPurchase.Recommend.Evaluation;

/// <summary>Collects one method's figures over the days of asking; their mean is the row of the table.</summary>
internal sealed class ReplenishmentScores
{
    private readonly List<double> _auc = [];
    private readonly List<double> _brier = [];
    private readonly List<double> _logLoss = [];
    private readonly List<double> _topN = [];
    private readonly List<double> _calibration = [];
    private readonly List<double> _predicted = [];
    private readonly List<bool> _happened = [];
    private readonly List<DateWindow> _windows = [];
    private readonly List<DateOnly> _purchases = [];
    private double _intervalScore;
    private int _predictable;
    private int _asked;

    public void Add(double[] predicted, bool[] happened)
    {
        _auc.Add(ProbabilityMetrics.Auc(predicted, happened));
        _brier.Add(ProbabilityMetrics.Brier(predicted, happened));
        _logLoss.Add(ProbabilityMetrics.LogLoss(predicted, happened));
        _topN.Add(ProbabilityMetrics.TopNPrecision(predicted, happened));
        _calibration.Add(ProbabilityMetrics.CalibrationError(predicted, happened));
        _predicted.AddRange(predicted);
        _happened.AddRange(happened);
    }

    public void AddPredictable(bool predictable)
    {
        _asked++;
        _predictable += predictable ? 1 : 0;
    }

    public void AddWindow(DateWindow window, DateOnly purchase, double level)
    {
        _windows.Add(window);
        _purchases.Add(purchase);
        _intervalScore += WindowMetrics.IntervalScore(window, purchase, level);
    }

    public EvaluationRow Row(string method, bool isBaseline)
    {
        List<MetricValue> metrics =
        [
            Mean("AUC", _auc),
            Mean("Brier", _brier),
            Mean("log loss", _logLoss),
            Mean("top-N precision", _topN),
            Mean("calibration", _calibration),
        ];
        if (_asked > 0)
            metrics.Add(new MetricValue("predictable", (double)_predictable / _asked, null, null, _asked));
        if (_windows.Count > 0)
        {
            metrics.Add(new MetricValue("window coverage", WindowMetrics.Coverage(_windows, _purchases), null, null, _windows.Count));
            metrics.Add(new MetricValue("interval score", _intervalScore / _windows.Count, null, null, _windows.Count));
        }

        return new EvaluationRow
        {
            Method = method,
            IsBaseline = isBaseline,
            Metrics = metrics,
            Calibration = ProbabilityMetrics.Calibration(_predicted.ToArray(), _happened.ToArray()),
        };
    }

    private MetricValue Mean(string name, List<double> values) => new(name, values.Average(), null, null, _predicted.Count);
}
