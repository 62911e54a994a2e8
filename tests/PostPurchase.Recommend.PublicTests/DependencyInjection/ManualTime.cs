namespace PostPurchase.Recommend.PublicTests.DependencyInjection;

/// <summary>A clock that stands still until it is moved, and timers that fire when they are told to.</summary>
internal sealed class ManualTime(DateTimeOffset now, TimeZoneInfo zone) : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];

    public DateTimeOffset Now { get; set; } = now;

    public override TimeZoneInfo LocalTimeZone => zone;

    public TimeSpan? Period => _timers.SingleOrDefault()?.Period;

    public bool IsStopped => _timers.TrueForAll(t => t.IsStopped);

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(callback, state, period);
        _timers.Add(timer);
        return timer;
    }

    public void Fire() => _timers.ForEach(t => t.Fire());

    private sealed class ManualTimer(TimerCallback callback, object? state, TimeSpan period) : ITimer
    {
        public TimeSpan Period => period;

        public bool IsStopped { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => IsStopped = true;

        public ValueTask DisposeAsync()
        {
            IsStopped = true;
            return ValueTask.CompletedTask;
        }
    }
}
