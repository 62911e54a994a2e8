namespace PostPurchase.Recommend.TestSupport;

/// <summary>
/// Text under version control that is generated: a test fails when it is stale. With POSTPURCHASE_ACCEPT=1 in the
/// environment the test writes it anew instead, and the difference is reviewed like any other change.
/// </summary>
internal static class AcceptedText
{
    public static bool Rewrites { get; } = Environment.GetEnvironmentVariable("POSTPURCHASE_ACCEPT") == "1";

    public static void Check(string path, string generated)
    {
        if (Rewrites)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, generated);
            return;
        }

        var accepted = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (accepted == generated)
            return;
        var was = accepted.Split('\n').ToHashSet();
        var now = generated.Split('\n').ToHashSet();
        Assert.Fail(
            $"{Path.GetRelativePath(Repository.Root, path)} is stale; run the tests with POSTPURCHASE_ACCEPT=1 and review the change:\n"
            + string.Join('\n', was.Except(now).Select(line => "- " + line).Concat(now.Except(was).Select(line => "+ " + line)).Take(40)));
    }
}
