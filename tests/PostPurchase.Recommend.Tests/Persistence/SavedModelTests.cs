using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Tests.Orders;

namespace PostPurchase.Recommend.Tests.Persistence;

/// <summary>Whole models whose sections are whole, but not what this build writes.</summary>
public sealed class SavedModelTests
{
    private static readonly Lazy<byte[]> Saved = new(Save);

    private static readonly Lazy<Dictionary<string, byte[]>> Trained = new(() => ModelFileParts.Split(Saved.Value));

    [Fact]
    public void The_page_on_the_format_describes_the_file()
    {
        Assert.Equal(["layout", "history", "replenishment", "complements", "ranking"], Trained.Value.Keys);
        Assert.Equal(Saved.Value, ModelFileParts.Join(Trained.Value));
    }

    [Fact]
    public void A_model_of_another_layout_asks_for_training()
    {
        var other = Trained.Value["layout"].ToArray();
        other[^1] ^= 1;
        Assert.EndsWith("whose models look different inside: train the model again", Refused(With("layout", other)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_a_build_that_wrote_no_layout_asks_for_training()
    {
        var sections = new Dictionary<string, byte[]>(Trained.Value);
        sections.Remove("layout");
        Assert.EndsWith("train the model again", Refused(sections), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("history")]
    [InlineData("replenishment")]
    [InlineData("complements")]
    [InlineData("ranking")]
    public void A_section_that_does_not_end_where_this_build_ends_it_asks_for_training(string name)
    {
        var message = Refused(With(name, [.. Trained.Value[name], 0]));
        Assert.Contains($"section '{name}'", message, StringComparison.Ordinal);
        Assert.EndsWith("another build of the library wrote it: train the model again", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_stands_in_a_section_a_model_that_loads_answers()
    {
        var random = new SeededRandom(5);
        var refused = 0;
        for (var round = 0; round < 500; round++)
        {
            var name = Trained.Value.Keys.ElementAt(1 + (round % (Trained.Value.Count - 1)));
            var bad = Trained.Value[name].ToArray();
            for (var hits = 0; hits < 3; hits++)
                bad[random.Next(bad.Length)] = (byte)(random.Next(3) == 0 ? 0xFF : random.Next(256));
            try
            {
                await Ask(Load(With(name, bad)));
            }
            catch (ModelFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 40, 399);
    }

    private static async Task Ask(PostPurchaseModel model)
    {
        var asOf = new DateOnly(2024, 7, 1);
        foreach (var customer in model.CustomerIds.Append("nobody"))
        {
            Assert.All(model.Recommend(new RecommendationQuery { CustomerId = customer, AsOf = asOf }).Items, item => Assert.InRange(item.Probability, 0, 1));
            model.Outlook(customer, asOf);
        }

        foreach (var forecast in model.ForecastAll(asOf))
            Assert.InRange(forecast.ProbabilityWithin(30), 0, 1);
        foreach (var group in model.ReplenishmentGroups.Append("none"))
        {
            foreach (var forecast in model.ForecastGroups([.. model.CustomerIds.Append("nobody").Select(customer => (customer, group))], asOf))
                Assert.InRange(forecast.ProbabilityWithin(30), 0, 1);
        }

        await foreach (var due in model.DueAsync(new DueQuery { Window = DateWindow.Of(asOf, 30), MinimumProbability = 0 }))
            Assert.InRange(due.Probability, 0, 1);
        model.GoesWith(new ComplementQuery { BasketProductIds = [.. model.ProductIds] });
    }

    private static Dictionary<string, byte[]> With(string name, byte[] section) => new(Trained.Value) { [name] = section };

    private static string Refused(Dictionary<string, byte[]> sections) => Assert.Throws<ModelFormatException>(() => Load(sections)).Message;

    private static PostPurchaseModel Load(Dictionary<string, byte[]> sections)
    {
        using var stream = new MemoryStream(ModelFileParts.Join(sections));
        return PostPurchaseModel.Load(stream);
    }

    private static byte[] Save()
    {
        using var stream = new MemoryStream();
        new PostPurchaseTrainer().Train(PurchaseHistory.From(RandomLines.Draw(6, 400))).Save(stream);
        return stream.ToArray();
    }
}
