using System.Globalization;

namespace PostPurchase.Recommend;

/// <summary>Collects what is wrong with a set of options, so that one exception can list it all.</summary>
internal sealed class OptionErrors(string optionsName)
{
    private readonly List<string> _errors = [];

    public OptionErrors InRange(string option, double value, double least, double most)
    {
        // Written so that NaN fails too.
        if (!(value >= least && value <= most))
            _errors.Add(string.Create(CultureInfo.InvariantCulture, $"{option} is {value} but must be from {least} to {most}"));
        return this;
    }

    public OptionErrors Positive(string option, double value)
    {
        if (!(value > 0 && double.IsFinite(value)))
            _errors.Add(string.Create(CultureInfo.InvariantCulture, $"{option} is {value} but must be positive and finite"));
        return this;
    }

    public OptionErrors Require(bool holds, string error)
    {
        if (!holds)
            _errors.Add(error);
        return this;
    }

    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
            throw new InvalidOptionsException(optionsName, _errors);
    }
}
