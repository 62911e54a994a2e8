namespace PostPurchase.Recommend.Tool;

/// <summary>What the tool ends with.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A defect of the tool itself.</summary>
    public const int Failure = 1;

    public const int BadInput = 2;

    /// <summary>Stopped by Ctrl-C, as shells count it: 128 and the signal's number.</summary>
    public const int Cancelled = 130;
}
