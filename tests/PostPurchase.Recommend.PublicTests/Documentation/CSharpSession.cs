using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace PostPurchase.Recommend.PublicTests.Documentation;

/// <summary>Runs pieces of C# one after another, each seeing what the earlier ones declared, as a reader of them would.</summary>
internal sealed class CSharpSession
{
    // Where #r "PostPurchase.Recommend.dll" is looked for: beside the tests, as built.
    private static readonly ScriptOptions _options = ScriptOptions.Default
        .WithMetadataResolver(ScriptMetadataResolver.Default.WithSearchPaths(AppContext.BaseDirectory))
        .AddReferences(PlatformAssemblies())
        .AddImports("System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading.Tasks");

    private ScriptState<object>? _state;

    /// <summary>Runs the next piece.</summary>
    /// <returns>The value of its last expression, or <see langword="null"/>.</returns>
    public async Task<object?> RunAsync(string code)
    {
        _state = _state is null
            ? await CSharpScript.RunAsync(code, _options)
            : await _state.ContinueWithAsync(code, _options);
        return _state.ReturnValue;
    }

    /// <summary>A variable that an earlier piece declared.</summary>
    public T Get<T>(string variable) =>
        (_state?.GetVariable(variable) ?? throw new InvalidOperationException($"No piece of code declared {variable}.")).Value is T value
            ? value
            : throw new InvalidOperationException($"{variable} is no {typeof(T).Name}.");

    // All of the platform, as a project would have it; what happens to be loaded already differs from run to run.
    private static IEnumerable<string> PlatformAssemblies() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) && File.Exists(path));
}
