using System.Text.Json.Nodes;

namespace PostPurchase.Recommend.Tool.Tests;

public sealed class FactorizeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Writes_a_vector_for_everyone_and_the_figures_as_json()
    {
        var log = _folder.Write("pairs.csv", "user_id,item_id\nb,p\na,p\na,q\nb,p\n");
        var run = await ToolRun.Succeed(
            "factorize", log, "--factors", "2", "--iterations", "3", "--threads", "1", "--output", _folder["f.csv"], "--json", "-");
        var json = JsonNode.Parse(run.Output)!.AsObject();
        Assert.Equal(["load_seconds", "train_seconds", "rows", "columns", "entries", "loss"], json.Select(pair => pair.Key).Take(6));
        Assert.Equal((2, 3), ((int)json["factors"]!, (int)json["iterations"]!));
        Assert.Equal((2, 2, 3), ((int)json["rows"]!, (int)json["columns"]!, (int)json["entries"]!));
        Assert.True((double)json["loss"]! > 0);
        var lines = File.ReadAllLines(_folder["f.csv"]);
        Assert.Equal("side,id,f1,f2", lines[0]);
        Assert.Equal(["customer,a", "customer,b", "product,p", "product,q"], lines[1..].Select(line => string.Join(',', line.Split(',')[..2])));
        Assert.All(lines[1..], line => Assert.All(line.Split(',')[2..], value => Assert.True(float.IsFinite(float.Parse(value, null)))));
    }

    [Fact]
    public async Task Threads_and_the_order_of_lines_change_no_byte()
    {
        string[] lines = ["a,p", "a,q", "b,p", "c,q", "c,r", "d,r", "d,p"];
        var one = _folder.Write("one.csv", "user_id,item_id\n" + string.Join('\n', lines));
        var two = _folder.Write("two.csv", "user_id,item_id\n" + string.Join('\n', lines.Reverse()));
        await ToolRun.Succeed("factorize", one, "--factors", "3", "--threads", "1", "--output", _folder["1.csv"]);
        await ToolRun.Succeed("factorize", two, "--factors", "3", "--threads", "2", "--output", _folder["2.csv"]);
        Assert.Equal(File.ReadAllBytes(_folder["1.csv"]), File.ReadAllBytes(_folder["2.csv"]));
    }

    [Fact]
    public async Task A_dot_product_of_the_written_vectors_ranks_as_the_model_does()
    {
        var random = new Random(3);
        var lines = Enumerable.Range(0, 400).Select(_ => $"c{random.Next(30)},p{Math.Min(random.Next(20), random.Next(20))}").Distinct().ToArray();
        var log = _folder.Write("pairs.csv", "user_id,item_id\n" + string.Join('\n', lines));
        await ToolRun.Succeed("factorize", log, "--factors", "4", "--seed", "2", "--output", _folder["f.csv"]);
        var vectors = File.ReadAllLines(_folder["f.csv"])[1..].Select(line => line.Split(',')).ToLookup(
            fields => fields[0], fields => (Id: fields[1], Vector: fields[2..].Select(value => float.Parse(value, null)).ToArray()));
        var history = Orders.PurchaseHistory.FromCsv(log, new Orders.IngestOptions { TimestampRequired = false });
        var model = new Factorization.ImplicitAlsTrainer(new Factorization.FactorizationOptions { Factors = 4 }).Train(
            Factorization.InteractionMatrix.From(history), new TrainingRun { Seed = 2 });
        foreach (var (customer, c) in vectors["customer"].Select((vector, c) => (vector, c)))
        {
            foreach (var (product, p) in vectors["product"].Select((vector, p) => (vector, p)))
                Assert.Equal(model.Score(model.Customer(c), p), customer.Vector.Zip(product.Vector, (a, b) => a * b).Sum(), 1e-5f);
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(10)]
    public async Task Weights_can_be_chosen_on_the_log(int lines)
    {
        var random = new Random(4);
        var log = _folder.Write("pairs.csv", "user_id,item_id\n" + string.Concat(Enumerable.Range(0, lines).Select(_ => $"c{random.Next(200)},p{random.Next(50)}\n")));
        var run = await ToolRun.Succeed("factorize", log, "--auto", "--factors", "2", "--output", _folder["f.csv"], "--json", "-");
        Assert.True((double)JsonNode.Parse(run.Output)!["unobserved_weight"]! > 0);
    }

    [Fact]
    public async Task Lines_that_are_left_out_are_reported()
    {
        var log = _folder.Write("pairs.csv", "user_id,item_id,quantity\na,p,1\nb,p,many\n");
        var run = await ToolRun.Of("factorize", log, "--factors", "2", "--skip-malformed", "--output", _folder["f.csv"]);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("2 lines read: 1 accepted", run.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains("  line 3: quantity 'many' is no finite number", run.ErrorLines);
    }

    [Fact]
    public async Task Options_out_of_range_are_bad_input()
    {
        var log = _folder.Write("pairs.csv", "user_id,item_id\na,p\n");
        var run = await ToolRun.Of("factorize", log, "--factors", "0", "--output", _folder["f.csv"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Factors", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(["pairs.csv"], _folder.Files);
    }

    [Fact]
    public async Task Ranking_is_evaluated_beside_popularity()
    {
        var train = _folder.Write("train.csv", "user_id,item_id\na,p\na,q\nb,p\nb,q\nc,p\n");
        var test = _folder.Write("test.csv", "user_id,item_id\nc,q\nz,q\n");
        var run = await ToolRun.Succeed("evaluate", train, "--protocol", "ranking", "--test", test, "--factors", "2", "--json", "-");
        var table = JsonNode.Parse(run.Output)!["tables"]![0]!;
        Assert.Equal(1, (int)table["sample_sizes"]!["customers"]!);
        Assert.Equal("most popular", (string)table["rows"]![0]!["method"]!);
        Assert.StartsWith("iALS, 2 factors", (string)table["rows"]![1]!["method"]!, StringComparison.Ordinal);
        // c has p, so q is the only product left to rank.
        Assert.All(table["rows"]!.AsArray(), row => Assert.Equal(1, (double)row!["metrics"]!["ndcg@20"]!["value"]!));
    }
}
