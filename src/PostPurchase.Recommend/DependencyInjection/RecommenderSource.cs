using Microsoft.Extensions.Logging;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.DependencyInjection;

/// <summary>Holds the model that a service answers from, and exchanges it for a new one between two questions.</summary>
/// <remarks>
/// Safe to use from any number of threads. A question that is being answered keeps the model it began with; nothing waits
/// for a model to load but <see cref="Reload"/>.
/// </remarks>
public sealed partial class RecommenderSource : IDisposable
{
    private readonly RecommenderServiceOptions _options;
    private readonly ILogger _logger;
    private readonly Func<string, PostPurchaseModel> _load;
    private readonly Lock _loading = new();
    private readonly ITimer? _timer;
    private volatile PostPurchaseModel _current;
    private volatile bool _isDisposed;

    // When the file was written that has been loaded, or found to be none: that one need not be tried again.
    private DateTime _settled;
    private string? _lastFailure;

    internal RecommenderSource(RecommenderServiceOptions options, TimeProvider time, ILogger logger, Func<string, PostPurchaseModel> load)
    {
        options.Validate();
        _options = options;
        _logger = logger;
        _load = load;
        _current = Load();
        LogLoaded(_options.ModelPath);
        if (options.LookForNewModelEvery is { } period)
            _timer = time.CreateTimer(_ => LookForNewModel(), null, period, period);
    }

    /// <summary>The model that the next question is answered from.</summary>
    public PostPurchaseModel Current => _current;

    /// <summary>Loads the model file again and uses it from the next question on.</summary>
    /// <exception cref="IOException">The file is missing or damaged; the model in use stays.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read; the model in use stays.</exception>
    public void Reload()
    {
        lock (_loading)
            Exchange();
    }

    /// <summary>Uses a model that was trained or loaded elsewhere, from the next question on and until the file is loaded again.</summary>
    /// <remarks>A file that is being loaded at this moment is too late, and not used.</remarks>
    /// <param name="model">The model to answer from.</param>
    public void Use(PostPurchaseModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _current = model;
    }

    /// <summary>Stops looking for a new model file.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _timer?.Dispose();
    }

    private void LookForNewModel()
    {
        // Timers do not wait for each other: while a model loads, the ticks that come would pile up and take thread by thread from the service.
        if (_isDisposed || !_loading.TryEnter())
            return;
        try
        {
            if (File.GetLastWriteTimeUtc(_options.ModelPath) != _settled)
                Exchange();
            _lastFailure = null;
        }
        catch (Exception error)
        {
            // Of whatever kind, such as no room for a second model: thrown from a timer it would end the service, which still has a model to answer from.
            LogKept(error.Message == _lastFailure ? LogLevel.Debug : LogLevel.Error, error, _options.ModelPath);
            _lastFailure = error.Message;
        }
        finally
        {
            _loading.Exit();
        }
    }

    private void Exchange()
    {
        var before = _current;
        var loaded = Load();
        // What was handed over meanwhile is the later wish.
        Interlocked.CompareExchange(ref _current, loaded, before);
        LogLoaded(_options.ModelPath);
    }

    private PostPurchaseModel Load()
    {
        // Taken before reading, so that a file replaced while it is read is read again.
        var written = File.GetLastWriteTimeUtc(_options.ModelPath);
        try
        {
            var model = _load(_options.ModelPath);
            _settled = written;
            return model;
        }
        catch (ModelFormatException)
        {
            // It was read and is no model; a file that could not be read, because it is locked or the network is down, may be one.
            _settled = written;
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded the model {ModelPath}")]
    private partial void LogLoaded(string modelPath);

    [LoggerMessage(Message = "Cannot load the new model {ModelPath}; the one in use stays")]
    private partial void LogKept(LogLevel level, Exception error, string modelPath);
}
