using Microsoft.Extensions.Logging;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Tests.Orders;

namespace PostPurchase.Recommend.Tests.DependencyInjection;

public sealed class RecommenderSourceTests
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(30);
    private static readonly PostPurchaseModel[] Models =
        [.. Enumerable.Range(1, 3).Select(seed => new PostPurchaseTrainer().Train(PurchaseHistory.From(RandomLines.Draw((ulong)seed, 200))))];

    public static TheoryData<Exception> Passing =>
        [new IOException("used by another process"), new UnauthorizedAccessException("denied"), new FileNotFoundException("gone"), new InsufficientMemoryException("full")];

    [Theory]
    [MemberData(nameof(Passing))]
    public void What_could_not_be_read_is_tried_again_until_it_can_and_reported_once(Exception failure)
    {
        using var file = new ModelFileOfAService(Models[0]);
        file.Replace();
        file.Load = () => throw failure;
        for (var i = 0; i < 5; i++)
            file.Tick();
        Assert.Same(Models[0], file.Source.Current);
        Assert.All(file.Log, entry => Assert.Same(failure, entry.Cause));
        Assert.Equal([LogLevel.Error, .. Enumerable.Repeat(LogLevel.Debug, 4)], file.Log.Select(entry => entry.Level));

        file.Load = () => Models[1];
        file.Tick();
        Assert.Same(Models[1], file.Source.Current);

        // The next trouble is news again, and so is another one.
        file.Log.Clear();
        file.Replace();
        file.Load = () => throw failure;
        file.Tick();
        file.Load = () => throw new IOException("something else");
        file.Tick();
        Assert.Equal([LogLevel.Error, LogLevel.Error], file.Log.Select(entry => entry.Level));
    }

    [Fact]
    public void What_was_read_and_is_damaged_is_not_tried_again_until_it_is_replaced()
    {
        using var file = new ModelFileOfAService(Models[0]);
        var tries = 0;
        file.Replace();
        file.Load = () => ++tries > 0 ? throw new ModelFormatException("damaged") : Models[1];
        file.Tick();
        file.Tick();
        Assert.Equal(1, tries);
        Assert.Equal(LogLevel.Error, Assert.Single(file.Log).Level);
        file.Replace();
        file.Tick();
        Assert.Equal(2, tries);
        Assert.Same(Models[0], file.Source.Current);
    }

    [Fact]
    public async Task Neither_ticks_nor_a_model_handed_over_wait_for_one_that_loads_and_what_is_handed_over_stays()
    {
        using var file = new ModelFileOfAService(Models[0]);
        using SemaphoreSlim loading = new(0), go = new(0);
        file.Replace();
        file.Load = () =>
        {
            loading.Release();
            Assert.True(go.Wait(LongEnough));
            return Models[1];
        };
        var first = Task.Run(file.Tick);
        Assert.True(await loading.WaitAsync(LongEnough));

        var others = Task.Run(() =>
        {
            file.Tick();
            Assert.Same(Models[0], file.Source.Current);
            file.Source.Use(Models[2]);
            Assert.Same(Models[2], file.Source.Current);
        });
        await others.WaitAsync(LongEnough / 3);
        go.Release();
        await first;
        Assert.Same(Models[2], file.Source.Current);

        file.Load = () => Models[1];
        file.Tick();
        Assert.Same(Models[2], file.Source.Current);
        file.Replace();
        file.Tick();
        Assert.Same(Models[1], file.Source.Current);
    }

    [Fact]
    public void A_file_replaced_while_it_is_read_is_read_again()
    {
        using var file = new ModelFileOfAService(Models[0]);
        file.Replace();
        file.Load = () =>
        {
            file.Replace();
            return Models[1];
        };
        file.Tick();
        file.Load = () => Models[2];
        file.Tick();
        Assert.Same(Models[2], file.Source.Current);
    }

    [Fact]
    public void A_tick_that_comes_after_the_end_loads_nothing()
    {
        using var file = new ModelFileOfAService(Models[0]);
        file.Replace();
        file.Load = () => Models[1];
        file.Source.Dispose();
        file.Tick();
        Assert.Same(Models[0], file.Source.Current);
    }
}
