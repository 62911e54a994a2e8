namespace PostPurchase.Recommend;

/// <summary>Options that cannot be trained or asked with; the message lists every error at once.</summary>
public sealed class InvalidOptionsException : ArgumentException
{
    /// <summary>Creates the exception from the name of the options and the list of what is wrong with them.</summary>
    /// <param name="optionsName">The type of the options, such as <c>FactorizationOptions</c>.</param>
    /// <param name="errors">Every error, each naming the option, its value and the allowed range.</param>
    public InvalidOptionsException(string optionsName, IReadOnlyList<string> errors)
        : base(Compose(optionsName, errors)) => Errors = errors;

    /// <summary>Every error, each naming the option, its value and the allowed range.</summary>
    public IReadOnlyList<string> Errors { get; }

    private static string Compose(string optionsName, IReadOnlyList<string> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return $"{optionsName}: {string.Join("; ", errors)}.";
    }
}
