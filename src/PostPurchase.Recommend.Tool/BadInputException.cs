namespace PostPurchase.Recommend.Tool;

/// <summary>Input or a request the tool cannot work with; the message is the one line the user sees.</summary>
internal sealed class BadInputException : Exception
{
    public BadInputException(string message)
        : base(message)
    {
    }

    public BadInputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
