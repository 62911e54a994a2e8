namespace PostPurchase.Recommend.TestSupport;

/// <summary>Where the repository and the real purchase logs lie.</summary>
internal static class Repository
{
    /// <summary>The directory that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The directory of the real logs: POSTPURCHASE_DATA, or else ../shared/data beside the repository; it may be absent.</summary>
    public static string Data { get; } =
        Environment.GetEnvironmentVariable("POSTPURCHASE_DATA") is { Length: > 0 } named
            ? named
            : Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));

    /// <summary>The full path of a file or directory of the repository.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "PostPurchase.Recommend.sln")))
                return directory.FullName;
        }

        throw new InvalidOperationException($"No PostPurchase.Recommend.sln above {AppContext.BaseDirectory}.");
    }
}
