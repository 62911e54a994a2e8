using Microsoft.ML;
using Microsoft.ML.Data;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.MLNet.Factorization;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.MLNet.Tests.Factorization;

public class FactorEstimatorTests
{
    private static readonly FactorizationOptions Options = new() { Factors = 8, UnobservedWeight = 0.1 };
    private readonly MLContext _mlContext = new(seed: 1);

    private IDataView Board => _mlContext.Data.LoadFromEnumerable(Shop.Checkerboard());

    [Fact]
    public void The_promised_columns_are_the_columns_that_come()
    {
        var promised = Estimator().GetOutputSchema(SchemaShapes.Of(Board));
        var transformer = Estimator().Fit(Board);
        var real = transformer.GetOutputSchema(Board.Schema);
        Assert.Equal(real.Where(c => !c.IsHidden).Select(c => (c.Name, c.Type)).Order(), promised.Select(c => (c.Name, c.ItemType)).Order());
        Assert.Equal(real.Select(c => (c.Name, c.Type)), transformer.Transform(Board).Schema.Select(c => (c.Name, c.Type)));
        Assert.Equal(NumberDataViewType.Single, real["Score"].Type);
        Assert.Equal(BooleanDataViewType.Instance, real["IsKnown"].Type);
        Assert.Equal(NumberDataViewType.Int32, real["Rank"].Type);
    }

    [Fact]
    public void A_missing_column_is_ML_NETs_own_error()
    {
        var estimator = _mlContext.PostPurchase().Trainers.ImplicitAls("Buyer");
        var atPromise = Assert.Throws<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(SchemaShapes.Of(Board)));
        Assert.Contains("Could not find input column 'Buyer'", atPromise.Message, StringComparison.Ordinal);
        var atFit = Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(Board));
        Assert.Contains("Could not find input column 'Buyer'", atFit.Message, StringComparison.Ordinal);
        var without = _mlContext.Transforms.DropColumns("ProductId").Fit(Board).Transform(Board);
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimator().Fit(Board).Transform(without));
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimator().Fit(Board).GetOutputSchema(without.Schema));
    }

    [Fact]
    public void A_column_of_another_type_is_ML_NETs_own_error()
    {
        var estimator = _mlContext.PostPurchase().Trainers.ImplicitAls(productColumnName: "Quantity");
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(Board));
        Assert.Contains("Schema mismatch for input column 'Quantity': expected String, got Single", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_view_is_an_error_in_training_and_none_afterwards()
    {
        var empty = _mlContext.Data.LoadFromEnumerable<Purchase>([]);
        Assert.Contains("holds no rows", Assert.Throws<InvalidOperationException>(() => Estimator().Fit(empty)).Message, StringComparison.Ordinal);
        Assert.Empty(_mlContext.Data.CreateEnumerable<Answer>(Estimator().Fit(Board).Transform(empty), reuseRowObject: false));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(0f)]
    [InlineData(-1f)]
    public void A_quantity_that_is_no_count_names_its_row(float quantity)
    {
        var rows = Shop.Checkerboard();
        rows[3].Quantity = quantity;
        var estimator = _mlContext.PostPurchase().Trainers.ImplicitAls(quantityColumnName: "Quantity", options: Options);
        var error = Assert.Throws<InvalidOperationException>(() => estimator.Fit(_mlContext.Data.LoadFromEnumerable(rows)));
        Assert.Contains("in row 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_without_an_id_names_itself()
    {
        var rows = Shop.Checkerboard();
        rows[5].CustomerId = " ";
        var error = Assert.Throws<InvalidOperationException>(() => Estimator().Fit(_mlContext.Data.LoadFromEnumerable(rows)));
        Assert.Contains("'CustomerId' holds no id in row 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantities_count()
    {
        var rows = Shop.Checkerboard();
        foreach (var row in rows.Where(r => r.ProductId == "06"))
            row.Quantity = 50;
        var view = _mlContext.Data.LoadFromEnumerable(rows);
        var counted = _mlContext.PostPurchase().Trainers.ImplicitAls(quantityColumnName: "Quantity", options: Options).Fit(view);
        Assert.NotEqual(Estimator().Fit(view).Model.Product(6).ToArray(), counted.Model.Product(6).ToArray());
    }

    [Fact]
    public void Rows_stream_through_one_cursor_over_the_needed_columns()
    {
        var view = new CountingView(Board);
        _ = Estimator().Fit(view);
        Assert.Equal(1, view.Cursors);
        Assert.Equal(Shop.Checkerboard().Count + 1, view.Moves);
        Assert.Equal(["CustomerId", "ProductId"], view.Columns);
    }

    [Fact]
    public void Transforming_reads_nothing_until_rows_are_wanted()
    {
        var view = new CountingView(Board);
        var answered = Estimator().Fit(Board).Transform(view);
        Assert.Equal(0, view.Cursors);
        _ = answered.GetColumn<float>("Score").First();
        Assert.Equal(1, view.Cursors);
    }

    [Fact]
    public void It_takes_its_place_in_a_pipeline_before_and_after_others()
    {
        var pipeline = _mlContext.Transforms.CopyColumns("Who", "CustomerId")
            .Append(_mlContext.PostPurchase().Trainers.ImplicitAls("Who", options: Options))
            .Append(_mlContext.Transforms.NormalizeMinMax("Scaled", "Score"));
        var model = pipeline.Fit(Board);
        var scaled = model.Transform(Board).GetColumn<float>("Scaled").ToArray();
        Assert.Equal(1, scaled.Max());
        using var file = new TemporaryFile();
        _mlContext.Model.Save(model, Board.Schema, file.Path);
        var loaded = new MLContext().Model.Load(file.Path, out var schema);
        Assert.Equal(scaled, loaded.Transform(Board).GetColumn<float>("Scaled"));
        Assert.Contains(schema, c => c.Name == "CustomerId");
        Assert.DoesNotContain(loaded.GetOutputSchema(Board.Schema), c => c.Name.StartsWith("PostPurchase", StringComparison.Ordinal) && !c.IsHidden);
    }

    [Fact]
    public void A_prediction_engine_gives_the_answers_of_the_view_from_a_saved_model_too()
    {
        var transformer = Estimator().Fit(Board);
        var questions = Shop.Questions(Shop.Ids, Shop.Ids);
        var expected = _mlContext.Data.CreateEnumerable<Answer>(transformer.Transform(_mlContext.Data.LoadFromEnumerable(questions)), reuseRowObject: false)
            .Select(Program.TextOf).ToList();
        using var engine = _mlContext.Model.CreatePredictionEngine<Purchase, Answer>(transformer);
        Assert.Equal(expected, questions.Select(q => Program.TextOf(engine.Predict(q))));
        using var file = new TemporaryFile();
        _mlContext.Model.Save(transformer, Board.Schema, file.Path);
        using var loaded = _mlContext.Model.CreatePredictionEngine<Purchase, Answer>(_mlContext.Model.Load(file.Path, out _));
        Assert.Equal(expected, questions.Select(q => Program.TextOf(loaded.Predict(q))));
    }

    [Fact]
    public void A_transformer_is_shared_by_threads_without_a_wrong_answer()
    {
        var transformer = Estimator().Fit(Board);
        var rows = _mlContext.Data.LoadFromEnumerable(Shop.Questions(Shop.Ids, Shop.Ids));
        var expected = transformer.Transform(rows).GetColumn<int>("Rank").ToArray();
        Parallel.For(0, 16, _ => Assert.Equal(expected, transformer.Transform(rows).GetColumn<int>("Rank")));
    }

    [Fact]
    public void Cross_validation_scores_every_row_that_was_left_out()
    {
        var folds = _mlContext.Recommendation().CrossValidate(Board, Estimator(), numberOfFolds: 3, labelColumnName: "Label");
        Assert.Equal(3, folds.Count);
        Assert.Equal(Shop.Checkerboard().Count, folds.Sum(f => f.ScoredHoldOutSet.GetColumn<float>("Score").Count()));
        Assert.All(folds, f => Assert.True(f.Metrics.RootMeanSquaredError < 0.9, $"{f.Metrics.RootMeanSquaredError}"));
    }

    [Fact]
    public void A_damaged_model_is_one_clear_exception()
    {
        var text = Estimator().Fit(Board).Scorer.ToText();
        Assert.Equal(Shop.Ids.Length, FactorScorer.FromText(text.AsMemory()).Model.ProductCount);
        // The last characters may hold bits that base 64 does not use.
        for (var at = 0; at < text.Length - 4; at += 31)
        {
            var damaged = text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];
            Assert.Throws<ModelFormatException>(() => FactorScorer.FromText(damaged.AsMemory()));
            Assert.Throws<ModelFormatException>(() => FactorScorer.FromText(text.AsMemory(0, at)));
        }

        Assert.Throws<ModelFormatException>(() => FactorScorer.FromText("no model, no base 64".AsMemory()));
    }

    private FactorEstimator Estimator() => _mlContext.PostPurchase().Trainers.ImplicitAls(options: Options);
}
