namespace PostPurchase.Recommend.Factorization;

/// <summary>
/// Chooses the weights of a matrix factorisation for the data at hand, then trains on all of it: hides some pairs, climbs from
/// the options given, one weight at a time, towards the best NDCG@20 on the hidden pairs, and stops when the budget is spent.
/// </summary>
/// <remarks>
/// Of purchases that a history was read from, hidden is what was new at every customer's last visit, and the choice is made on the visits before it: a split
/// in time. Where it is not known what came last, as with <see cref="InteractionMatrix.FromTriples"/>, a tenth of the pairs, drawn at random, is hidden.
/// The numbers of factors and of iterations stay as given, but for spectral factors where they are allowed. The budget counts trainings, not seconds, so that the result does not
/// depend on the machine. Holds options only and is safe to share between threads.
/// </remarks>
public sealed class AutoFactorTrainer : IFactorTrainer
{
    // Fewer hidden pairs than this cannot tell settings apart.
    private const int LeastHiddenPairs = 200;
    private const int TrialIterations = 6;
    private const int MostSpectralFactors = 4096;

    private static readonly double[] ScoreExponents = [-0.1, 0, 0.05, 0.1, 0.15, 0.2, 0.3];

    private static readonly Func<FactorizationOptions, bool, FactorizationOptions>[] Moves =
    [
        (options, up) => options with { UnobservedWeight = Math.Clamp(options.UnobservedWeight * (up ? 3 : 1 / 3d), 1e-6, 10) },
        (options, up) => options with { PopularityDamping = Math.Clamp(options.PopularityDamping + (up ? 0.15 : -0.15), 0, 1) },
        (options, up) => options with { Regularization = Math.Clamp(options.Regularization * (up ? 2.5 : 1 / 2.5), 0, 10) },
        (options, up) => options with { ConfidencePerRepeat = Math.Clamp(options.ConfidencePerRepeat * (up ? 2 : 0.5), 0, 100) },
    ];

    private readonly FactorizationOptions _start;
    private readonly int _trials;
    private readonly bool _allowSpectralFactors;

    /// <summary>Creates a trainer.</summary>
    /// <param name="start">Where to start from; <see langword="null"/> for the defaults.</param>
    /// <param name="trials">The most trainings spent on choosing, from 1 to 1,000.</param>
    /// <param name="allowSpectralFactors">
    /// Whether to try twice as many spectral factors behind the learned ones, where the start has none, in one more training, and to take
    /// them when they rank better: vectors are three times as long then.
    /// </param>
    /// <exception cref="InvalidOptionsException">An option is out of range; the message lists every error.</exception>
    public AutoFactorTrainer(FactorizationOptions? start = null, int trials = 12, bool allowSpectralFactors = false)
    {
        new OptionErrors(nameof(AutoFactorTrainer)).InRange(nameof(trials), trials, 1, 1000).ThrowIfAny();
        _start = start ?? new FactorizationOptions();
        _start.Validate();
        _trials = trials;
        _allowSpectralFactors = allowSpectralFactors;
    }

    /// <inheritdoc/>
    public FactorModel Train(InteractionMatrix interactions, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        run ??= new TrainingRun();
        return new ImplicitAlsTrainer(Choose(interactions, run)).Train(interactions, run);
    }

    internal FactorizationOptions Choose(InteractionMatrix interactions, TrainingRun run)
    {
        var lastVisits = interactions.KnowsLastVisits ? HiddenPairs.LastVisits(interactions) : null;
        return Choose(lastVisits?.Count >= LeastHiddenPairs ? lastVisits : HiddenPairs.Draw(interactions, share: 0.1, run.Seed), run);
    }

    internal FactorizationOptions Choose(HiddenPairs hidden, TrainingRun run)
    {
        if (hidden.Count < LeastHiddenPairs)
            return _start;
        var quiet = run with { Progress = null };
        var left = _trials;
        var (best, bestQuality) = Try(_start);
        for (var gained = true; gained && left > 0;)
        {
            gained = false;
            foreach (var move in Moves)
                gained |= Climb(move, up: true) || Climb(move, up: false);
        }

        var spectral = _start.SpectralFactors;
        if (_allowSpectralFactors && spectral == 0)
        {
            var (tried, quality) = Score(best with { SpectralFactors = Math.Min(MostSpectralFactors, 2 * _start.Factors) });
            if (quality > bestQuality)
                (best, spectral) = (tried, tried.SpectralFactors);
        }

        return best with { Iterations = _start.Iterations, SpectralFactors = spectral };

        bool Climb(Func<FactorizationOptions, bool, FactorizationOptions> move, bool up)
        {
            var gained = false;
            while (left > 0)
            {
                var next = move(best, up);
                if (next == best)
                    return gained;
                var (tried, quality) = Try(next);
                if (!(quality > bestQuality))
                    return gained;
                (best, bestQuality, gained) = (tried, quality, true);
            }

            return gained;
        }

        (FactorizationOptions Options, double Quality) Try(FactorizationOptions options)
        {
            run.Report("Choosing the factorisation", 1 - ((double)left-- / _trials));
            // The spectral factors fit no weights and would cost their time in every trial.
            return Score(options with { Iterations = Math.Min(_start.Iterations, TrialIterations), SpectralFactors = 0 });
        }

        (FactorizationOptions Options, double Quality) Score(FactorizationOptions options)
        {
            var model = new ImplicitAlsTrainer(options).Train(hidden.Rest, quiet);
            // The scores' exponent needs no training: the best one is found on the way.
            return ScoreExponents
                .Select(exponent => options with { ScorePopularityExponent = exponent })
                .Select(candidate => (candidate, hidden.Ndcg(model, ProductWeights.Of(hidden.Rest.ByProduct, candidate).Score, quiet)))
                .MaxBy(scored => scored.Item2);
        }
    }
}
