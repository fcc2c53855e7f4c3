using System.Globalization;
using Braid.Client.MLflow;
using Braid.Client.Sending;

namespace Braid.Client;

/// <summary>
/// One run being logged. Every <c>Log...</c> returns at once: what it is given is queued, and one background sender delivers it
/// in order. A server that is slow, restarting or gone never stops the training; what could not be delivered is said once, on
/// standard error, and counted in <see cref="Undelivered"/>.
/// </summary>
/// <remarks>
/// Inside a job of a pipeline the environment names the server and the job's credentials, and what is logged joins the job's
/// own run; elsewhere a run of its own is made. All members may be called from any thread.
/// </remarks>
public sealed class Experiment : IAsyncDisposable
{
    private static Experiment? active;

    private readonly LoggingOptions options;
    private readonly Outbox outbox;
    private readonly Sender sender;
    private readonly Task sending;
    private readonly Experiment? previous;
    private readonly CancellationTokenSource abandon = new();
    private readonly Lazy<Task> stopping;
    private long iteration;
    private string? failure;

    private Experiment(string name, string? project, LoggingOptions options, Experiment? previous)
    {
        Name = name;
        Project = project;
        this.options = options;
        this.previous = previous;
        outbox = new Outbox(options.QueueCapacity);
        sender = new Sender(new RunName(name, project), options, outbox);
        stopping = new(StopOnceAsync);
        // Delivery must not run on the training's thread, not even its first synchronous piece.
        sending = Task.Run(() => sender.RunAsync(abandon.Token));
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The run that <see cref="StartLogging"/> made last and that nobody stopped, if any.</summary>
    public static Experiment? Active => Volatile.Read(ref active);

    /// <summary>The run's name.</summary>
    public string Name { get; }

    /// <summary>The project (MLflow calls it experiment); null leaves the choice to the environment, then to the server.</summary>
    public string? Project { get; }

    /// <summary>The step of metrics that are logged without one.</summary>
    public long Iteration
    {
        get => Volatile.Read(ref iteration);
        set => Volatile.Write(ref iteration, value);
    }

    /// <summary>How many logged things were given up: queue full, or refused by the server.</summary>
    public long Undelivered => outbox.Refused + sender.Undelivered;

    /// <summary>Starts a run and makes it <see cref="Active"/>. One that is still active is stopped.</summary>
    /// <param name="name">What to call the run.</param>
    /// <param name="project">Where it belongs; made when it does not exist.</param>
    /// <param name="options">Where to log; by default <see cref="LoggingOptions.FromEnvironment()"/>.</param>
    public static Experiment StartLogging(string name, string? project = null, LoggingOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var previous = Active;
        _ = previous?.stopping.Value; // awaited when the new one stops
        var experiment = new Experiment(name, project, options ?? LoggingOptions.FromEnvironment(), previous);
        Volatile.Write(ref active, experiment);
        return experiment;
    }

    /// <summary>Stops the active run, if there is one, and delivers what is queued.</summary>
    public static Task StopLoggingAsync() => Active?.stopping.Value ?? Task.CompletedTask;

    /// <summary>The run's ID (32 hex digits) once the server has named it; null when it never did.</summary>
    public Task<string?> RunIdAsync() => sender.RunId;

    /// <summary>Logs a parameter. A value, once logged, cannot be changed.</summary>
    public void LogParam(string name, object? value) => outbox.Add(Entry.Param(name, TextOf(value)));

    /// <summary>Logs parameters.</summary>
    public void LogParams(IEnumerable<KeyValuePair<string, object?>> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            LogParam(name, value);
        }
    }

    /// <summary>Logs a point of a series. Allocates nothing.</summary>
    /// <param name="name">The series, <c>loss</c> or <c>loss/validation</c>.</param>
    /// <param name="value">Any double, NaN and infinities included.</param>
    /// <param name="step">The point's step, 0 included; <see cref="Iteration"/> when not given.</param>
    public void LogMetric(string name, double value, long? step = null) =>
        outbox.Add(Entry.Metric(name, value, step ?? Iteration, options.Clock.GetUtcNow().ToUnixTimeMilliseconds()));

    /// <summary>Sets a tag; the last value stays.</summary>
    public void LogTag(string name, string value) => outbox.Add(Entry.Tag(name, value));

    /// <summary>Uploads a file, or a folder with all below it. It must stay as it is until <see cref="FlushAsync"/> or the end.</summary>
    /// <param name="path">What to upload.</param>
    /// <param name="folder">Where to, below the run's artifacts.</param>
    public void LogArtifact(string path, string? folder = null) =>
        outbox.Add(Entry.Upload(new ArtifactUpload(Path.GetFullPath(path), folder ?? "")));

    /// <summary>Uploads a model and registers it as the next version of the model named <paramref name="name"/>.</summary>
    /// <param name="name">The registered model; made when it does not exist.</param>
    /// <param name="path">Its file, or the folder that holds its files; must stay as it is until the flush.</param>
    /// <param name="description">What is special about this version.</param>
    /// <param name="tags">Tags of this version.</param>
    public void LogModel(
        string name,
        string path,
        string? description = null,
        IReadOnlyDictionary<string, string>? tags = null
    ) => outbox.Add(Entry.Model(new ModelUpload(name, Path.GetFullPath(path), description, tags)));

    /// <summary>Says that the run did not reach its goal: it ends as failed.</summary>
    public void Fail(string reason) => failure = reason;

    /// <summary>Completes when everything logged so far was delivered or given up.</summary>
    public Task FlushAsync(CancellationToken ct = default)
    {
        var mark = Entry.Mark();
        outbox.AddMark(mark);
        return mark.Reached.WaitAsync(ct);
    }

    /// <summary>Delivers what is queued, at most for <see cref="LoggingOptions.FlushTimeout"/>, and ends the run.</summary>
    public ValueTask DisposeAsync() => new(stopping.Value);

    private async Task StopOnceAsync()
    {
        Interlocked.CompareExchange(ref active, null, this);
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        if (previous is not null)
        {
            await previous.stopping.Value;
        }

        outbox.Close(failure);
        await GiveUpAfterAsync(options.FlushTimeout);
        abandon.Dispose();
    }

    private async Task GiveUpAfterAsync(TimeSpan limit)
    {
        using var timer = new CancellationTokenSource(limit, options.Clock);
        await using var _ = timer.Token.Register(abandon.Cancel);
        await sending;
    }

    // A program that ends without stopping its run still delivers what it logged.
    private void OnProcessExit(object? sender, EventArgs e) => stopping.Value.GetAwaiter().GetResult();

    private static string TextOf(object? value) =>
        value switch
        {
            null => "None",
            bool flag => flag ? "True" : "False",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
}
