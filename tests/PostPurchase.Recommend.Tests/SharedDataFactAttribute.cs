namespace PostPurchase.Recommend.Tests;

/// <summary>A test that needs real purchase logs, which are not part of the repository: skipped, with a reason, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(params string[] files)
    {
        var missing = files.FirstOrDefault(file => !File.Exists(PathOf(file)));
        if (missing is not null)
            Skip = $"{missing} is not there: set POSTPURCHASE_DATA to the folder of real logs, or put it at ../shared/data beside the repository.";
    }

    public static string PathOf(string file) => Path.Combine(Folder(), file);

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable("POSTPURCHASE_DATA") is { Length: > 0 } given)
            return given;
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && folder.GetFiles("*.sln").Length == 0)
            folder = folder.Parent;
        return Path.Combine(folder?.Parent?.FullName ?? ".", "shared", "data");
    }
}
