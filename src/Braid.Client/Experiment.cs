using System.Runtime.InteropServices;
using Braid.Client.Backends;
using Braid.Client.Capture;
using Braid.Client.Configuration;
using Braid.Client.Records;
using Braid.Client.Sending;

namespace Braid.Client;

/// <summary>
/// One run being logged, to one or several backends. Every <c>Log...</c> returns at once: what it is given is copied or encoded, queued and
/// written to a spool on the local disk, and each backend takes it from there in order, at its own pace. A server that is slow,
/// restarting or gone never stops the training; what it did not get stays in the spool and is sent by a later process.
/// </summary>
/// <remarks>
/// Inside a job of a pipeline the environment names the server and the job's credentials, and what is logged joins the job's
/// own run; elsewhere a run of its own is made. All members may be called from any thread.
/// </remarks>
public sealed partial class Experiment : IAsyncDisposable
{
    private static Experiment? active;

    private readonly LoggingOptions options;
    private readonly RecordClock clock;
    private readonly Problems problems;
    private readonly Delivery? delivery;
    private readonly Experiment? previous;
    private readonly Lazy<Task> stopping;
    private readonly List<IDisposable> captures = [];
    private readonly List<PosixSignalRegistration> signals = [];
    private readonly CancellationTokenSource resumption = new();
    private readonly Task resuming;
    private RunOutcome outcome;
    private string reason = "";
    private long iteration;
    private long unheard;

    private Experiment(LoggingOptions options, Experiment? previous)
    {
        (this.options, this.previous) = (options, previous);
        clock = new(options.Clock);
        problems = new(options.OnProblem);
        stopping = new(StopOnceAsync);
        delivery = Deliver();
        resuming = delivery is not null && options.ResumeSpooled ? ResumeInBackgroundAsync() : Task.CompletedTask;
        Watch();
    }

    /// <summary>The run that a <c>StartLogging</c> made last and that nobody stopped, if any. There is one per process.</summary>
    public static Experiment? Active => Volatile.Read(ref active);

    /// <summary>The run's name.</summary>
    public string Name => options.Run.Name;

    /// <summary>The project (MLflow calls it experiment); null leaves the choice to the backend.</summary>
    public string? Project => options.Run.Project;

    /// <summary>The step of what is logged without one.</summary>
    public long Iteration
    {
        get => Volatile.Read(ref iteration);
        set => Volatile.Write(ref iteration, value);
    }

    /// <summary>How many logged things were given up: no room, no backend, or refused by one; those of each backend added up.</summary>
    public long Undelivered => Interlocked.Read(ref unheard) + (delivery?.Undelivered ?? 0);

    /// <summary>How many logged things stayed in the spool when the run was stopped, for a later process to send.</summary>
    public long LeftForLater => delivery?.LeftForLater ?? 0;

    /// <summary>Starts a run and makes it <see cref="Active"/>. One that is still active is stopped.</summary>
    /// <remarks>The config goes before the other arguments, those before the environment, that before a file <c>.env</c>.</remarks>
    /// <param name="name">What to call the run.</param>
    /// <param name="project">Where it belongs; made when it does not exist.</param>
    /// <param name="backend">Where to log: <c>braid</c>, <c>clearml</c>, <c>mlflow</c>, <c>folder</c>, <c>clearml-offline</c>, <c>wandb</c>, or
    /// several with commas between; what the environment points at when not given.</param>
    /// <param name="config">Settings by their keys, <c>task_type</c> or <c>tags</c>; docs/guide/logging.md lists them.</param>
    /// <exception cref="ArgumentException">A setting is wrong: told before anything is logged.</exception>
    public static Experiment StartLogging(
        string? name = null,
        string? project = null,
        string? backend = null,
        IEnumerable<KeyValuePair<string, object?>>? config = null
    )
    {
        var keywords = new Dictionary<string, string>();
        foreach (var (key, value) in new[] { ("experiment_name", name), ("project", project), ("backend", backend) })
        {
            if (value is not null)
            {
                keywords[key] = value;
            }
        }

        var settings = Settings.OfThisProcess(ConfigKeys.Read(config ?? []), keywords);
        return Start(OptionsReader.Read(settings));
    }

    /// <summary>Starts a run with options made by hand, and makes it <see cref="Active"/>. One that is still active is stopped.</summary>
    /// <param name="name">What to call the run.</param>
    /// <param name="project">Where it belongs; what <paramref name="options"/> say when null.</param>
    /// <param name="options">Where and how to log.</param>
    public static Experiment StartLogging(string name, string? project, LoggingOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(options);
        return Start(options with { Run = options.Run with { Name = name, Project = project ?? options.Run.Project } });
    }

    /// <summary>Stops the active run, if there is one, and delivers what is queued.</summary>
    public static Task StopLoggingAsync() => Active?.stopping.Value ?? Task.CompletedTask;

    /// <summary>Sends what earlier processes left in the spool folder to the backends that are configured now, until it is sent or <paramref name="ct"/> ends it.</summary>
    /// <param name="options">The backends; what the environment says when not given.</param>
    /// <param name="ct">Ends the attempts; what is left stays.</param>
    public static async Task<ResumeReport> ResumeAsync(LoggingOptions? options = null, CancellationToken ct = default)
    {
        var configured = options ?? LoggingOptions.FromEnvironment();
        var problems = new Problems(configured.OnProblem);
        try
        {
            return await new Resumption(configured, problems).RunAsync(ct);
        }
        finally
        {
            await problems.ToldAsync();
        }
    }

    /// <summary>The run's ID (32 hex digits, of the servers) once the first backend has named it; null when it never did.</summary>
    public Task<string?> RunIdAsync() => delivery?.Lanes[0].RunId ?? Task.FromResult<string?>(null);

    /// <summary>The run's ID in one of several backends.</summary>
    public Task<string?> RunIdAsync(string backend) =>
        delivery?.Lanes.FirstOrDefault(lane => lane.Backend == backend)?.RunId ?? Task.FromResult<string?>(null);

    /// <summary>Says that the run did not reach its goal: it ends as failed.</summary>
    public void Fail(string reason) => (outcome, this.reason) = (RunOutcome.Failed, reason);

    /// <summary>Runs a training: when it throws, the run fails with that reason, and the exception goes on.</summary>
    /// <remarks>Leaving an <c>await using</c> block by an exception looks, from inside, like leaving it by its end.</remarks>
    public async Task RunAsync(Func<Task> training)
    {
        try
        {
            await training();
        }
        catch (Exception error)
        {
            Fail($"{error.GetType().Name}: {error.Message}");
            throw;
        }
    }

    /// <summary>Completes when every backend has what was logged so far, or gave it up.</summary>
    public Task FlushAsync(CancellationToken ct = default) =>
        (delivery?.FlushAsync() ?? Task.CompletedTask).WaitAsync(ct);

    /// <summary>Delivers what is queued, at most for <see cref="LoggingOptions.FlushTimeout"/>, and ends the run.</summary>
    public ValueTask DisposeAsync() => new(stopping.Value);

    private static Experiment Start(LoggingOptions options)
    {
        var previous = Active;
        _ = previous?.stopping.Value; // awaited when the new one stops
        var experiment = new Experiment(options, previous);
        Volatile.Write(ref active, experiment);
        return experiment;
    }

    private Delivery? Deliver()
    {
        if (options.Backends.Count == 0)
        {
            problems.Report(
                "no backend is configured: nothing is logged (name one, TRACELET_BACKEND=folder for example, or let braid env print a server's variables)"
            );
            return null;
        }

        var run = options.Run with
        {
            StartedAt = options.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Rank = options.Ranks.Rank,
        };
        var started = Delivery.Start(run, options, problems);
        if (started is null)
        {
            problems.Report($"none of {string.Join(", ", options.SpoolRoots)} can be written to: nothing is logged");
        }

        return started;
    }

    private async Task ResumeInBackgroundAsync()
    {
        try
        {
            await Task.Run(() => new Resumption(options, problems).RunAsync(resumption.Token));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            problems.Report($"cannot send what is left in {options.SpoolRoots[0]}: {error.Message}");
        }
    }

    private async Task StopOnceAsync()
    {
        Interlocked.CompareExchange(ref active, null, this);
        Unwatch();
        if (previous is not null)
        {
            await previous.stopping.Value;
        }

        if (delivery is not null)
        {
            await delivery.EndAsync(new(outcome, reason, options.Clock.GetUtcNow().ToUnixTimeMilliseconds()));
        }

        await resumption.CancelAsync();
        await resuming;
        resumption.Dispose();
        if (Undelivered is > 0 and var lost)
        {
            problems.Conclude($"{lost} logged values were not delivered");
        }

        await problems.ToldAsync();
    }

    private void Watch()
    {
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
        if (options.EndOnSignals)
        {
            signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
            signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        }

        if (options.ConnectArguments)
        {
            CommandLine.Log(this);
        }

        if (options.ConnectStreams)
        {
            captures.Add(new ConsoleCapture(this));
        }

        if (options.ResourceInterval is { } interval)
        {
            captures.Add(new ResourceMonitor(this, interval, options.Clock));
        }
    }

    private void Unwatch()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;
        captures.ForEach(capture => capture.Dispose());
        signals.ForEach(signal => signal.Dispose());
    }

    // A program that ends without stopping its run still delivers what it logged.
    private void OnProcessExit(object? sender, EventArgs e) => stopping.Value.GetAwaiter().GetResult();

    private void OnUnhandledException(object? sender, UnhandledExceptionEventArgs e)
    {
        Fail(e.ExceptionObject is Exception error ? $"{error.GetType().Name}: {error.Message}" : "unhandled exception");
        stopping.Value.GetAwaiter().GetResult();
    }

    // The runtime ends the program by the signal afterwards, unless the program handles it.
    private void OnSignal(PosixSignalContext context)
    {
        if (!context.Cancel)
        {
            (outcome, reason) = (RunOutcome.Stopped, context.Signal.ToString());
            stopping.Value.GetAwaiter().GetResult();
        }
    }
}
