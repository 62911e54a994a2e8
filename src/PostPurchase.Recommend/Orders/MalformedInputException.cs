using System.Globalization;

namespace PostPurchase.Recommend.Orders;

/// <summary>Input that cannot be read. The message is one line: source, line number and reason.</summary>
public sealed class MalformedInputException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="source">The file or other source, as the caller named it.</param>
    /// <param name="lineNumber">The line, the first being 1; zero when the trouble belongs to no line.</param>
    /// <param name="reason">What is wrong.</param>
    /// <param name="innerException">The failure underneath, if any.</param>
    public MalformedInputException(string source, long lineNumber, string reason, Exception? innerException = null)
        : base(Compose(source, lineNumber, reason), innerException)
    {
        InputName = source;
        LineNumber = lineNumber;
        Reason = reason;
    }

    /// <summary>The file or other source, as the caller named it.</summary>
    public string InputName { get; }

    /// <summary>The line, the first being 1; zero when the trouble belongs to no line.</summary>
    public long LineNumber { get; }

    /// <summary>What is wrong, without source and line.</summary>
    public string Reason { get; }

    private static string Compose(string source, long lineNumber, string reason) => lineNumber > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{source}, line {lineNumber}: {reason}")
        : $"{source}: {reason}";
}
