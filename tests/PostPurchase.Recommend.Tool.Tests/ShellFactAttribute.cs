namespace PostPurchase.Recommend.Tool.Tests;

/// <summary>A test that needs pipes and signals as shells make them; skipped, and said so, where there is no such shell.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute()
    {
        if (!File.Exists(Shell.Path))
            Skip = $"No {Shell.Path}.";
    }
}
