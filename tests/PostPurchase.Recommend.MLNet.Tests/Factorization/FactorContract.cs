using Microsoft.ML;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.MLNet.Factorization;

namespace PostPurchase.Recommend.MLNet.Tests.Factorization;

/// <summary>What holds for every factoriser and for the transformer made from it; each factoriser inherits it.</summary>
public abstract class FactorContract
{
    private readonly Lazy<FactorTransformer> _trained;

    protected FactorContract() => _trained = new Lazy<FactorTransformer>(() => Estimator(Context).Fit(Context.Data.LoadFromEnumerable(Shop.Checkerboard())));

    protected MLContext Context { get; } = new(seed: 1);

    protected FactorTransformer Trained => _trained.Value;

    protected abstract IFactorTrainer Trainer { get; }

    protected abstract FactorEstimator Estimator(MLContext mlContext, UnknownIds unknownIds = UnknownIds.Answer);

    [Fact]
    public void The_product_that_every_customer_of_the_kind_buys_but_this_one_comes_first()
    {
        var bought = Shop.Checkerboard().ToLookup(p => p.CustomerId, p => p.ProductId);
        foreach (var customer in Shop.Ids)
            Assert.Equal(customer, Trained.Top(customer, 1, bought[customer])[0].ProductId);
    }

    [Fact]
    public void A_short_list_is_the_head_of_a_long_one_and_in_order()
    {
        foreach (var customer in Shop.Ids)
        {
            var ten = Trained.Top(customer, 10);
            Assert.Equal(ten.Take(5), Trained.Top(customer, 5));
            Assert.Equal(ten.OrderByDescending(p => p.Score).ThenBy(p => p.ProductId, StringComparer.Ordinal), ten);
            Assert.Equal(Shop.Ids.Length, Trained.Top(customer, 1000).Count);
        }
    }

    [Fact]
    public void Excluded_products_are_not_returned_and_unknown_ones_are_no_error()
    {
        var without = Trained.Top("04", 100, ["06", "no such product"]);
        Assert.DoesNotContain(without, p => p.ProductId == "06");
        Assert.Equal(Shop.Ids.Length - 1, without.Count);
        Assert.Empty(Trained.Top("no such customer", 10));
        Assert.Empty(Trained.Top("04", 0));
    }

    [Fact]
    public void Rows_have_the_scores_and_ranks_of_the_list()
    {
        var rows = Context.Data.LoadFromEnumerable(Shop.Questions(Shop.Ids, Shop.Ids));
        var answers = Context.Data.CreateEnumerable<Answer>(Trained.Transform(rows), reuseRowObject: false).ToList();
        for (var customer = 0; customer < Shop.Ids.Length; customer++)
        {
            var top = Trained.Top(Shop.Ids[customer], Shop.Ids.Length);
            for (var place = 0; place < top.Count; place++)
            {
                var answer = answers[(customer * Shop.Ids.Length) + Array.IndexOf(Shop.Ids, top[place].ProductId)];
                Assert.True(answer.IsKnown);
                Assert.Equal(place + 1, answer.Rank);
                Assert.Equal(top[place].Score, answer.Score);
            }
        }
    }

    [Fact]
    public void The_unknown_has_a_score_of_zero_and_says_so()
    {
        var rows = Context.Data.LoadFromEnumerable(Shop.Questions(["04", "nobody", ""], ["06", "nothing"]));
        var answers = Context.Data.CreateEnumerable<Answer>(Trained.Transform(rows), reuseRowObject: false).ToList();
        Assert.True(answers[0].IsKnown);
        Assert.All(answers.Skip(1), answer => Assert.Equal((0f, false, 0), (answer.Score, answer.IsKnown, answer.Rank)));
    }

    [Fact]
    public void The_unknown_stops_where_that_is_wanted()
    {
        var strict = Estimator(Context, UnknownIds.Throw).Fit(Context.Data.LoadFromEnumerable(Shop.Checkerboard()));
        using var engine = Context.Model.CreatePredictionEngine<Purchase, Answer>(strict);
        Assert.True(engine.Predict(new Purchase { CustomerId = "04", ProductId = "06" }).IsKnown);
        var error = Assert.Throws<InvalidOperationException>(() => engine.Predict(new Purchase { CustomerId = "nobody", ProductId = "06" }));
        Assert.Contains("customer 'nobody' is unknown", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_again_or_on_shuffled_rows_gives_the_same_bits()
    {
        var shuffled = Shop.Checkerboard();
        new Random(7).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(shuffled));
        var again = Estimator(Context).Fit(Context.Data.LoadFromEnumerable(shuffled));
        for (var i = 0; i < Shop.Ids.Length; i++)
        {
            Assert.Equal(Trained.Model.Customer(i), again.Model.Customer(i));
            Assert.Equal(Trained.Model.Product(i), again.Model.Product(i));
        }
    }

    [Fact]
    public void Those_without_purchases_are_no_trouble()
    {
        var model = Trainer.Train(InteractionMatrix.FromTriples(4, 5, [0, 0, 2], [1, 2, 1]));
        Assert.Equal((4, 5), (model.CustomerCount, model.ProductCount));
        Assert.All(model.Customer(1).ToArray(), value => Assert.Equal(0, value));
        Assert.All(model.Product(4).ToArray(), value => Assert.True(float.IsFinite(value)));
        var empty = Trainer.Train(InteractionMatrix.FromTriples(3, 2, [], []));
        Assert.All(Enumerable.Range(0, 3), customer => Assert.Equal(0, empty.Score(empty.Customer(customer), 1)));
        Assert.Equal(0, Trainer.Train(InteractionMatrix.FromTriples(0, 0, [], [])).CustomerCount);
    }

    [Fact]
    public void A_new_customer_is_folded_in_as_one_of_the_kind()
    {
        var model = Trained.Model;
        var vector = new float[model.Factors];
        model.FoldIn([0, 2, 6, 8, 10, 12, 14], [], vector);
        var even = Enumerable.Range(0, 12).Average(i => model.Score(vector, 2 * i));
        var odd = Enumerable.Range(0, 12).Average(i => model.Score(vector, (2 * i) + 1));
        Assert.True(even > odd + 0.2, $"{even} against {odd}");
    }

    [Fact]
    public void A_cancelled_run_trains_nothing()
    {
        var run = new TrainingRun { Cancellation = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => Trainer.Train(InteractionMatrix.FromTriples(2, 2, [0, 1], [0, 1]), run));
    }

    [Fact]
    public void A_saved_model_gives_the_same_answers_in_another_process()
    {
        using var file = new TemporaryFile();
        var rows = Context.Data.LoadFromEnumerable(Shop.Questions(Shop.Ids, Shop.Ids));
        Context.Model.Save(Trained, rows.Schema, file.Path);
        var expected = Context.Data.CreateEnumerable<Answer>(Trained.Transform(rows), reuseRowObject: false).Select(Program.TextOf);
        var (exitCode, output, error) = OtherProcess.Run("scores", file.Path);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
