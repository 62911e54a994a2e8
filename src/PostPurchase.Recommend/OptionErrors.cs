using System.Globalization;

namespace PostPurchase.Recommend;

/// <summary>Collects what is wrong with a set of options, so that one exception can list it all.</summary>
internal sealed class OptionErrors
{
    private readonly string _optionsName;
    private readonly string _prefix;
    private readonly List<string> _errors;

    public OptionErrors(string optionsName)
        : this(optionsName, "", [])
    {
    }

    private OptionErrors(string optionsName, string prefix, List<string> errors) => (_optionsName, _prefix, _errors) = (optionsName, prefix, errors);

    /// <summary>Checks options and throws one exception that lists all their errors.</summary>
    public static void ThrowIfAny(string optionsName, Action<OptionErrors> check)
    {
        var errors = new OptionErrors(optionsName);
        check(errors);
        errors.ThrowIfAny();
    }

    public OptionErrors InRange(string option, double value, double least, double most)
    {
        // Written so that NaN fails too.
        if (!(value >= least && value <= most))
            _errors.Add(string.Create(CultureInfo.InvariantCulture, $"{_prefix}{option} is {value} but must be from {least} to {most}"));
        return this;
    }

    public OptionErrors Positive(string option, double value)
    {
        if (!(value > 0 && double.IsFinite(value)))
            _errors.Add(string.Create(CultureInfo.InvariantCulture, $"{_prefix}{option} is {value} but must be positive and finite"));
        return this;
    }

    public OptionErrors Require(bool holds, string error)
    {
        if (!holds)
            _errors.Add(_prefix + error);
        return this;
    }

    /// <summary>Checks options inside these; their errors name them by both names.</summary>
    public OptionErrors Within<T>(string option, T? nested, Action<T, OptionErrors> check)
        where T : class
    {
        if (nested is null)
            _errors.Add($"{_prefix}{option} is missing");
        else
            check(nested, new OptionErrors(_optionsName, $"{_prefix}{option}.", _errors));
        return this;
    }

    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
            throw new InvalidOptionsException(_optionsName, _errors);
    }
}
