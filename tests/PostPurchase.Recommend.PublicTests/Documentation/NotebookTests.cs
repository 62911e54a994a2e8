namespace PostPurchase.Recommend.PublicTests.Documentation;

public sealed class NotebookTests
{
    [Fact]
    public async Task The_quick_start_notebook_runs_and_shows_what_it_stores()
    {
        var path = Repository.PathOf("samples", "notebooks", "quick-start.ipynb");
        var notebook = new Notebook(await File.ReadAllTextAsync(path));

        await notebook.ExecuteAsync();

        var shown = notebook.Outputs.Select(output => output["data"]!.AsObject()).ToArray();
        Assert.Contains(shown, data => data.ToString().Contains("bought", StringComparison.Ordinal) && data.ToString().Contains("about every", StringComparison.Ordinal));
        var picture = Assert.Single(shown, data => data.ContainsKey("application/vnd.vegalite.v5+json"))["application/vnd.vegalite.v5+json"]!;
        var probabilities = picture["data"]!["values"]!.AsArray().Select(point => (double)point!["probability"]!).ToArray();
        Assert.InRange(probabilities.Length, 20, 400);
        Assert.Equal(probabilities.Order(), probabilities);
        AcceptedText.Check(path, notebook.ToString());
    }

    [Fact]
    public async Task Stale_outputs_are_noticed()
    {
        var stale = new Notebook("""{"cells":[{"cell_type":"code","source":["1 + 1"],"outputs":[]}],"nbformat":4}""");

        var before = stale.ToString();
        await stale.ExecuteAsync();

        Assert.NotEqual(before, stale.ToString());
        Assert.Equal("2", (string?)stale.Outputs.Single()["data"]!["text/plain"]![0]);
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_fails()
    {
        var broken = new Notebook("""{"cells":[{"cell_type":"code","source":["nonsense()"],"outputs":[]}]}""");

        await Assert.ThrowsAsync<Microsoft.CodeAnalysis.Scripting.CompilationErrorException>(broken.ExecuteAsync);
    }
}
