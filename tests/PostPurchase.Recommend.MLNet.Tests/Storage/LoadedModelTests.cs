using Microsoft.ML;
using PostPurchase.Recommend.Factorization;

namespace PostPurchase.Recommend.MLNet.Tests.Storage;

public class LoadedModelTests
{
    private static readonly MLContext Context = new(seed: 1);
    private static readonly FactorizationOptions Options = new() { Factors = 8, UnobservedWeight = 0.1 };
    private static readonly KeyValuePair<string, float>[] Weights = [new("soap", 1), new("tea", 2)];

    [Fact]
    public void A_loaded_model_gives_top_lists_and_rows_as_before()
    {
        var board = Context.Data.LoadFromEnumerable(Shop.Checkerboard().Select(p => new Renamed { Who = p.CustomerId, ProductId = p.ProductId }));
        var trained = Context.PostPurchase().Trainers.ImplicitAls("Who", options: Options).Fit(board);
        var factors = Context.PostPurchase().Factors(SavedAndLoaded(trained, board));
        Assert.Equal(trained.CustomerIds, factors.CustomerIds);
        foreach (var customer in Shop.Ids)
            Assert.Equal(trained.Top(customer, 7, ["06"]), factors.Top(customer, 7, ["06"]));
        Assert.Empty(factors.Top("nobody", 7));
        var expected = Context.Data.CreateEnumerable<Answer>(trained.Transform(board), reuseRowObject: false).Select(Program.TextOf);
        Assert.Equal(expected, Context.Data.CreateEnumerable<Answer>(factors.Transform(board), reuseRowObject: false).Select(Program.TextOf));
    }

    [Fact]
    public void A_loaded_model_forecasts_as_before()
    {
        var lines = Shop.Simulated();
        var view = Context.Data.LoadFromEnumerable(lines);
        var asOf = DateOnly.FromDateTime(lines.Max(l => l.Time)).AddDays(1);
        var trained = Context.PostPurchase().Trainers.Replenishment(quantityColumnName: "Quantity").Fit(view);
        var loaded = Context.PostPurchase().Replenishment(SavedAndLoaded(trained, view));
        foreach (var line in lines.DistinctBy(l => l.CustomerId).Take(30))
        {
            var (a, b) = (trained.Forecast(line.CustomerId, line.ProductId, asOf), loaded.Forecast(line.CustomerId, line.ProductId, asOf));
            Assert.Equal((a.ToString(), a.ProbabilityWithin(30)), (b.ToString(), b.ProbabilityWithin(30)));
        }

        var questions = Context.Data.LoadFromEnumerable(Shop.Questions([lines[0].CustomerId], [lines[0].ProductId], lines.Max(l => l.Time)));
        var expected = Context.Data.CreateEnumerable<DatedAnswer>(trained.Transform(questions), reuseRowObject: false).Select(Program.TextOf);
        Assert.Equal(expected, Context.Data.CreateEnumerable<DatedAnswer>(loaded.Transform(questions), reuseRowObject: false).Select(Program.TextOf));
    }

    [Fact]
    public void It_is_found_inside_a_pipeline_with_tables_of_its_own()
    {
        var board = Context.Data.LoadFromEnumerable(Shop.Checkerboard());
        var pipeline = Context.Transforms.Conversion.MapValue("Weight", Weights, "ProductId")
            .Append(Context.PostPurchase().Trainers.ImplicitAls(options: Options))
            .Append(Context.Transforms.NormalizeMinMax("Scaled", "Score"))
            .Fit(board);
        var expected = Context.PostPurchase().Factors(pipeline).Top("04", 5);
        Assert.Equal(expected, Context.PostPurchase().Factors(SavedAndLoaded(pipeline, board)).Top("04", 5));
    }

    [Fact]
    public void What_is_not_there_is_said()
    {
        var board = Context.Data.LoadFromEnumerable(Shop.Checkerboard());
        var factors = SavedAndLoaded(Context.PostPurchase().Trainers.ImplicitAls(options: Options).Fit(board), board);
        var other = Context.Transforms.Conversion.MapValue("Weight", Weights, "ProductId").Fit(board);
        Assert.Contains("replenishment", Assert.Throws<ArgumentException>(() => Context.PostPurchase().Replenishment(factors)).Message, StringComparison.Ordinal);
        Assert.Contains("factors", Assert.Throws<ArgumentException>(() => Context.PostPurchase().Factors(other)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Context.PostPurchase().Factors(null!));
        Assert.Throws<ArgumentNullException>(() => Context.PostPurchase().Replenishment(null!));
    }

    [Fact]
    public void What_was_never_saved_is_given_back()
    {
        var board = Context.Data.LoadFromEnumerable(Shop.Checkerboard());
        var trained = Context.PostPurchase().Trainers.ImplicitAls(options: Options).Fit(board);
        Assert.Same(trained, Context.PostPurchase().Factors(trained));
    }

    private static ITransformer SavedAndLoaded(ITransformer model, IDataView rows)
    {
        using var file = new TemporaryFile();
        Context.Model.Save(model, rows.Schema, file.Path);
        return new MLContext().Model.Load(file.Path, out _);
    }

    private sealed class Renamed
    {
        public string Who { get; set; } = "";

        public string ProductId { get; set; } = "";
    }
}
