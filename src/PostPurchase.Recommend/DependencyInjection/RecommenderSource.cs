using Microsoft.Extensions.Logging;

namespace PostPurchase.Recommend.DependencyInjection;

/// <summary>Holds the model that a service answers from, and exchanges it for a new one between two questions.</summary>
/// <remarks>
/// Safe to use from any number of threads. A question that is being answered keeps the model it began with; nothing waits
/// for a model to load.
/// </remarks>
public sealed partial class RecommenderSource : IDisposable
{
    private readonly RecommenderServiceOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _loading = new();
    private readonly ITimer? _timer;
    private volatile PostPurchaseModel _current;
    private DateTime _written;

    internal RecommenderSource(RecommenderServiceOptions options, TimeProvider time, ILogger logger)
    {
        options.Validate();
        _options = options;
        _logger = logger;
        _current = Load();
        if (options.LookForNewModelEvery is { } period)
            _timer = time.CreateTimer(_ => LookForNewModel(), null, period, period);
    }

    /// <summary>The model that the next question is answered from.</summary>
    public PostPurchaseModel Current => _current;

    /// <summary>Loads the model file again and uses it from the next question on.</summary>
    /// <exception cref="IOException">The file is missing or damaged; the model in use stays.</exception>
    public void Reload()
    {
        lock (_loading)
            _current = Load();
    }

    /// <summary>Uses a model that was trained or loaded elsewhere, until the file is loaded again.</summary>
    /// <param name="model">The model to answer from.</param>
    public void Use(PostPurchaseModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        lock (_loading)
            _current = model;
    }

    /// <summary>Stops looking for a new model file.</summary>
    public void Dispose() => _timer?.Dispose();

    private void LookForNewModel()
    {
        try
        {
            lock (_loading)
            {
                if (File.GetLastWriteTimeUtc(_options.ModelPath) != _written)
                    _current = Load();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogKept(error, _options.ModelPath);
        }
    }

    private PostPurchaseModel Load()
    {
        // Taken before reading, so that a file replaced while it is read is read again; a damaged one is tried once.
        _written = File.GetLastWriteTimeUtc(_options.ModelPath);
        var model = PostPurchaseModel.Load(_options.ModelPath);
        LogLoaded(_options.ModelPath);
        return model;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded the model {ModelPath}")]
    private partial void LogLoaded(string modelPath);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cannot load the new model {ModelPath}; the one in use stays")]
    private partial void LogKept(Exception error, string modelPath);
}
