using System.CommandLine;
using System.Globalization;
using PostPurchase.Recommend.Factorization;

namespace PostPurchase.Recommend.Tool;

/// <summary>The options of a matrix factorisation, the same for training and for measuring one.</summary>
internal sealed class FactorizationChoice
{
    private static readonly FactorizationOptions Defaults = new();

    private readonly string _scope;
    private readonly bool _autoMayLengthen;
    private readonly Option<int> _factors;
    private readonly Option<int> _spectralFactors;
    private readonly Option<int> _iterations;
    private readonly Option<double> _regularization;
    private readonly Option<double> _unobservedWeight;
    private readonly Option<bool> _auto;

    /// <summary>
    /// Creates the options; <paramref name="scope"/> stands before every description where they matter to one protocol only. Vectors that
    /// leave the tool keep the length that was asked for, so <paramref name="autoMayLengthen"/> says whether the choice may add to it.
    /// </summary>
    public FactorizationChoice(string scope, bool autoMayLengthen)
    {
        _scope = scope;
        _autoMayLengthen = autoMayLengthen;
        _factors = Number("--factors", "The number of learned factors in every vector.", Defaults.Factors);
        _spectralFactors = Number(
            "--spectral-factors", "The number of spectral factors behind them: twice the learned ones rank best.", Defaults.SpectralFactors);
        _iterations = Number("--iterations", "How often customers and products are solved in turn.", Defaults.Iterations);
        _regularization = Number("--regularization", "How strongly vectors are pulled to zero.", Defaults.Regularization);
        _unobservedWeight = Number("--unobserved-weight", "The weight of a pair that did not happen, one that did having 1.", Defaults.UnobservedWeight);
        _auto = new Option<bool>("--auto") { Description = scope + "Choose the weights on hidden pairs of the log first, starting from those given" + (autoMayLengthen ? ", and whether spectral factors help." : ".") };
    }

    public void AddTo(Command command)
    {
        command.Add(_factors);
        command.Add(_spectralFactors);
        command.Add(_iterations);
        command.Add(_regularization);
        command.Add(_unobservedWeight);
        command.Add(_auto);
    }

    /// <summary>The trainer that was asked for.</summary>
    /// <exception cref="InvalidOptionsException">An option is out of range.</exception>
    public IFactorTrainer Trainer(ParseResult parsed)
    {
        var options = Defaults with
        {
            Factors = parsed.GetValue(_factors),
            SpectralFactors = parsed.GetValue(_spectralFactors),
            Iterations = parsed.GetValue(_iterations),
            Regularization = parsed.GetValue(_regularization),
            UnobservedWeight = parsed.GetValue(_unobservedWeight),
        };
        return parsed.GetValue(_auto) ? new AutoFactorTrainer(options, allowSpectralFactors: _autoMayLengthen) : new ImplicitAlsTrainer(options);
    }

    /// <summary>What a model was trained with, for people.</summary>
    public static string Describe(FactorizationOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"iALS, {options.Factors} factors{Spectral(options)}, {options.Iterations} iterations, regularization {options.Regularization:G4}, unobserved weight {options.UnobservedWeight:G4}");

    private static string Spectral(FactorizationOptions options) =>
        options.SpectralFactors > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {options.SpectralFactors} spectral ones") : "";

    private Option<T> Number<T>(string name, string description, T defaultValue) => new(name)
    {
        Description = _scope + description,
        HelpName = "N",
        DefaultValueFactory = _ => defaultValue,
    };
}
