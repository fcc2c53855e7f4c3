using System.Collections.Concurrent;
using Braid.Client.Backends;
using Braid.Client.Records;

namespace Braid.Client.Tests;

/// <summary>A backend that remembers what it was given and behaves as it is told.</summary>
internal sealed class FakeBackend(string name = "fake") : IBackend, IRunSink
{
    private readonly ConcurrentQueue<LogRecord> records = new();

    public string Name => name;

    public string Address => "memory";

    public bool CanShareRuns { get; init; } = true;

    /// <summary>It does not even open a run.</summary>
    public bool Away { get; init; }

    public string RunId { get; private set; } = "";

    public RunStart? Start { get; private set; }

    public RunEnd? End { get; private set; }

    public IReadOnlyList<LogRecord> Records => [.. records];

    /// <summary>Called before each delivery.</summary>
    public Func<IReadOnlyList<LogRecord>, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public IEnumerable<LogRecord> Of(RecordKind kind) => Records.Where(record => record.Kind == kind);

    public Task<IRunSink> OpenAsync(RunStart start, SinkContext context, CancellationToken ct)
    {
        if (Away)
        {
            throw new BackendUnavailableException("away");
        }

        Start = start;
        RunId = start.RunId ?? $"run of {name}";
        return Task.FromResult<IRunSink>(this);
    }

    public async Task LogAsync(IReadOnlyList<LogRecord> delivered, CancellationToken ct)
    {
        await Before(delivered, ct);
        foreach (var record in delivered)
        {
            records.Enqueue(record);
        }
    }

    public Task EndAsync(RunEnd end, CancellationToken ct)
    {
        End = end;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;
}
