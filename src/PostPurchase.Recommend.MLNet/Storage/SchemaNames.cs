using Microsoft.ML.Data;

namespace PostPurchase.Recommend.MLNet.Storage;

/// <summary>The schema of a row type under the caller's column names.</summary>
internal static class SchemaNames
{
    /// <summary>Members without a name are left out of the schema.</summary>
    public static SchemaDefinition Of<TRow>(params ReadOnlySpan<(string Member, string? Column)> names)
    {
        var schema = SchemaDefinition.Create(typeof(TRow));
        foreach (var (member, column) in names)
        {
            var of = schema.First(c => c.MemberName == member);
            if (column is null)
                schema.Remove(of);
            else
                of.ColumnName = column;
        }

        return schema;
    }
}
