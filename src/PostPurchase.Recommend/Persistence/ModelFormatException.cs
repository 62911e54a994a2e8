namespace PostPurchase.Recommend.Persistence;

/// <summary>A model file that cannot be read: damaged, cut short, of another kind, or of a version this library does not know.</summary>
public sealed class ModelFormatException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, in one line.</param>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What is wrong, in one line.</param>
    /// <param name="innerException">The failure underneath.</param>
    public ModelFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
