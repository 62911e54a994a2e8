using Microsoft.Extensions.Logging;
using PostPurchase.Recommend.DependencyInjection;

namespace PostPurchase.Recommend.Tests.DependencyInjection;

/// <summary>A model file whose every replacement and every way to fail is up to a test, and the source that looks for new ones when told to.</summary>
internal sealed class ModelFileOfAService : TimeProvider, ILogger, IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private TimerCallback _tick = _ => { };

    public ModelFileOfAService(PostPurchaseModel first)
    {
        Load = () => first;
        var options = new RecommenderServiceOptions { ModelPath = _path, LookForNewModelEvery = TimeSpan.FromMinutes(1) };
        Source = new RecommenderSource(options, this, this, _ => Load());
        Log.Clear();
    }

    public RecommenderSource Source { get; }

    /// <summary>What loading the file comes to.</summary>
    public Func<PostPurchaseModel> Load { get; set; }

    public List<(LogLevel Level, Exception? Cause)> Log { get; } = [];

    public void Replace() => File.SetLastWriteTimeUtc(_path, File.GetLastWriteTimeUtc(_path).AddMinutes(1));

    public void Tick() => _tick(null);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _tick = callback;
        return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Log.Add((logLevel, exception));

    public void Dispose()
    {
        Source.Dispose();
        File.Delete(_path);
    }
}
