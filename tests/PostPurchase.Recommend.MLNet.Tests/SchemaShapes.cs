using System.Reflection;
using Microsoft.ML;

namespace PostPurchase.Recommend.MLNet.Tests;

/// <summary>The shape of a view's schema: only ML.NET itself can make one, so its own method is asked.</summary>
internal static class SchemaShapes
{
    private static readonly MethodInfo Create = typeof(SchemaShape).GetMethod("Create", BindingFlags.NonPublic | BindingFlags.Static)!;

    public static SchemaShape Of(IDataView view) => (SchemaShape)Create.Invoke(null, [view.Schema])!;
}
