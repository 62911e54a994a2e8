using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Tests.Ranking;

namespace PostPurchase.Recommend.Tests;

public sealed class CancelledTrainingTests
{
    [Fact]
    public void A_training_that_is_cancelled_at_a_report_goes_no_further()
    {
        var history = SmallStore.History(customers: 20, visits: 5);
        var trainer = new PostPurchaseTrainer(factorTrainer: new ImplicitAlsTrainer(SmallStore.FastOptions.Factorization));
        List<TrainingProgress> all = [];
        trainer.Train(history, new TrainingRun { Threads = 1, Progress = new Told(all.Add) });
        Assert.Contains(all, report => report == new TrainingProgress("Complements", 1));
        for (var last = 0; last < all.Count; last++)
        {
            using var source = new CancellationTokenSource();
            List<TrainingProgress> told = [];
            var run = new TrainingRun
            {
                Threads = 1,
                Cancellation = source.Token,
                Progress = new Told(report =>
                {
                    told.Add(report);
                    if (told.Count == last + 1)
                        source.Cancel();
                }),
            };
            Assert.ThrowsAny<OperationCanceledException>(() => trainer.Train(history, run));
            Assert.Equal(all.Take(last + 1), told);
        }
    }

    private sealed class Told(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }
}
