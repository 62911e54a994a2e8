using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using PostPurchase.Recommend.MLNet.Replenishment;

namespace PostPurchase.Recommend.MLNet.Tests.Replenishment;

public class ReplenishmentEstimatorTests
{
    private static readonly List<Purchase> Lines = Shop.Simulated();
    private static readonly DateTime AsOf = Lines.Max(l => l.Time).Date.AddDays(1);
    private static readonly MLContext Context = new(seed: 1);
    private static readonly Lazy<ReplenishmentTransformer> Trained = new(() => Estimator().Fit(View));

    private static IDataView View => Context.Data.LoadFromEnumerable(Lines);

    private static IDataView Questions => Context.Data.LoadFromEnumerable(
        Shop.Questions(Lines.Select(p => p.CustomerId).Distinct().Take(40), Lines.Select(p => p.ProductId).Distinct(), AsOf));

    [Fact]
    public void The_promised_columns_are_the_columns_that_come()
    {
        var promised = Estimator().GetOutputSchema(SchemaShapes.Of(View));
        var real = Trained.Value.GetOutputSchema(View.Schema);
        Assert.Equal(real.Where(c => !c.IsHidden).Select(c => (c.Name, c.Type)).Order(), promised.Select(c => (c.Name, c.ItemType)).Order());
        Assert.Equal(DateTimeDataViewType.Instance, real["DueDate"].Type);
        Assert.Equal(DateTimeDataViewType.Instance, real["WindowFrom"].Type);
        Assert.Equal(DateTimeDataViewType.Instance, real["WindowUntil"].Type);
        Assert.Equal(TextDataViewType.Instance, real["Evidence"].Type);
    }

    [Fact]
    public void Rows_are_the_forecasts()
    {
        var questions = Context.Data.CreateEnumerable<Purchase>(Questions, reuseRowObject: false).ToList();
        var answers = Context.Data.CreateEnumerable<DatedAnswer>(Trained.Value.Transform(Questions), reuseRowObject: false).ToList();
        var dated = 0;
        for (var i = 0; i < answers.Count; i++)
        {
            var forecast = Trained.Value.Forecast(questions[i].CustomerId, questions[i].ProductId, DateOnly.FromDateTime(AsOf));
            Assert.Equal((float)forecast.ProbabilityWithin(30), answers[i].Score);
            Assert.InRange(answers[i].Score, 0, 1);
            Assert.Equal(forecast.Evidence.ToString(), answers[i].Evidence);
            Assert.Equal(forecast.DueDate ?? DateOnly.MinValue, DateOnly.FromDateTime(answers[i].DueDate));
            if (!forecast.IsPredictable)
                continue;
            dated++;
            Assert.Equal(forecast.Window()!.Value.From, DateOnly.FromDateTime(answers[i].WindowFrom));
            Assert.Equal(forecast.Window()!.Value.Until, DateOnly.FromDateTime(answers[i].WindowUntil));
            Assert.InRange(answers[i].DueDate, answers[i].WindowFrom, answers[i].WindowUntil);
        }

        Assert.True(dated > 20, $"only {dated} dates");
    }

    [Fact]
    public void A_first_purchase_names_the_base_product_it_is_awaited_for()
    {
        // One in seven has a brush and comes for heads every two months; all buy things.
        List<Purchase> lines = [Line("owner", "thing1", 30), Line("owner", "brush", 660)];
        var random = new Random(5);
        for (var c = 0; c < 300; c++)
        {
            lines.AddRange(Enumerable.Range(0, 12).Select(_ => Line($"c{c}", $"thing{random.Next(40)}", random.Next(700))));
            var bought = 100 + random.Next(300);
            if (c % 7 == 0)
                lines.Add(Line($"c{c}", "brush", bought));
            for (var day = bought + 57; c % 7 == 0 && day < 700; day += 52 + random.Next(10))
                lines.Add(Line($"c{c}", "heads", day));
        }

        var forecast = Estimator().Fit(Context.Data.LoadFromEnumerable(lines)).Forecast("owner", "heads", DateOnly.FromDateTime(Day(700)));
        Assert.Equal(("brush", 40, 0), (forecast.BaseProductId, forecast.DaysSinceBase, forecast.TimesBought));

        static Purchase Line(string customer, string product, int day) => new() { CustomerId = customer, ProductId = product, Time = Day(day), Quantity = 1 };

        static DateTime Day(int day) => new DateTime(2025, 1, 1).AddDays(day);
    }

    [Fact]
    public void The_unknown_is_answered_with_its_evidence_or_stops()
    {
        using var engine = Context.Model.CreatePredictionEngine<Purchase, DatedAnswer>(Trained.Value);
        var answer = engine.Predict(new Purchase { CustomerId = "nobody", ProductId = "nothing", Time = AsOf });
        Assert.True(float.IsFinite(answer.Score));
        Assert.Contains(answer.Evidence, new[] { nameof(Evidence.Population), nameof(Evidence.NotPredictable) });
        var strict = Context.PostPurchase().Trainers.Replenishment(unknownIds: UnknownIds.Throw).Fit(View);
        using var strictEngine = Context.Model.CreatePredictionEngine<Purchase, DatedAnswer>(strict);
        Assert.Throws<InvalidOperationException>(() => strictEngine.Predict(new Purchase { CustomerId = "nobody", ProductId = Lines[0].ProductId, Time = AsOf }));
    }

    [Fact]
    public void A_bad_schema_is_ML_NETs_own_error()
    {
        var missing = Context.PostPurchase().Trainers.Replenishment(timeColumnName: "When");
        Assert.Contains("Could not find input column 'When'", Assert.Throws<ArgumentOutOfRangeException>(() => missing.Fit(View)).Message, StringComparison.Ordinal);
        var wrong = Context.PostPurchase().Trainers.Replenishment(timeColumnName: "Quantity");
        Assert.Contains("expected DateTime, got Single", Assert.Throws<ArgumentOutOfRangeException>(() => wrong.Fit(View)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => wrong.GetOutputSchema(SchemaShapes.Of(View)));
    }

    [Fact]
    public void An_empty_view_and_a_quantity_that_is_no_number_are_errors()
    {
        Assert.Throws<InvalidOperationException>(() => Estimator().Fit(Context.Data.LoadFromEnumerable<Purchase>([])));
        var lines = new List<Purchase>(Lines) { [7] = new Purchase { CustomerId = "a", ProductId = "b", Time = AsOf, Quantity = float.NaN } };
        var error = Assert.Throws<InvalidOperationException>(() => Estimator().Fit(Context.Data.LoadFromEnumerable(lines)));
        Assert.Contains("quantity NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_refused_before_any_row_is_read()
    {
        Assert.Throws<InvalidOptionsException>(() => Context.PostPurchase().Trainers.Replenishment(options: new() { PriorGapDays = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Context.PostPurchase().Trainers.Replenishment(horizonDays: 0));
    }

    [Fact]
    public void A_saved_pipeline_gives_the_same_answers_in_another_process()
    {
        using var file = new TemporaryFile();
        Context.Model.Save(Trained.Value, View.Schema, file.Path);
        var expected = Context.Data.CreateEnumerable<DatedAnswer>(Trained.Value.Transform(Questions), reuseRowObject: false).Select(Program.TextOf);
        var (exitCode, output, error) = OtherProcess.Run("dates", file.Path, AsOf.ToString("O", CultureInfo.InvariantCulture));
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Both_trainers_go_into_one_pipeline()
    {
        var pipeline = Context.PostPurchase().Trainers.ImplicitAls(options: new() { Factors = 8 })
            .Append(Context.Transforms.CopyColumns("Taste", "Score"))
            .Append(Estimator());
        var model = pipeline.Fit(View);
        using var file = new TemporaryFile();
        Context.Model.Save(model, View.Schema, file.Path);
        var loaded = Context.Model.Load(file.Path, out _);
        Assert.Equal(model.Transform(Questions).GetColumn<float>("Taste"), loaded.Transform(Questions).GetColumn<float>("Taste"));
        Assert.Equal(model.Transform(Questions).GetColumn<DateTime>("DueDate"), loaded.Transform(Questions).GetColumn<DateTime>("DueDate"));
    }

    private static ReplenishmentEstimator Estimator() => Context.PostPurchase().Trainers.Replenishment(quantityColumnName: "Quantity");
}
