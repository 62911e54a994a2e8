namespace PostPurchase.Recommend.Tool.Tests;

/// <summary>A test that needs a PostgreSQL server; skipped, and said so, where none is named. It only reads.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (Connection is null)
            Skip = "No PostgreSQL server: set POSTPURCHASE_POSTGRES to a connection string.";
    }

    public static string? Connection => Environment.GetEnvironmentVariable("POSTPURCHASE_POSTGRES") is { Length: > 0 } given ? given : null;
}
