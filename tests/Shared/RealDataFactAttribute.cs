namespace PostPurchase.Recommend.TestSupport;

/// <summary>A test that reads files of the real logs; skipped, and said so, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealDataFactAttribute : FactAttribute
{
    public RealDataFactAttribute(params string[] files)
    {
        var missing = files.FirstOrDefault(f => !File.Exists(Path.Combine(Repository.Data, f)));
        if (missing is not null)
            Skip = $"{missing} is not in {Repository.Data}; set POSTPURCHASE_DATA to the directory of the real logs.";
    }
}
