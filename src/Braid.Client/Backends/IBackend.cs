using Braid.Client.Records;

namespace Braid.Client.Backends;

/// <summary>
/// A place that runs are logged to. Anybody may write one and pass it by <see cref="LoggingOptions.Backends"/>; those that come
/// along are in the folders beside this file. Each has a queue and a consumer of its own: one that is slow or fails hurts no other.
/// </summary>
public interface IBackend
{
    /// <summary>What it is called; once in a run, letters, digits and '-'.</summary>
    string Name { get; }

    /// <summary>Where it logs to. What is left in a spool is sent later to a backend of the same name and address only.</summary>
    string Address { get; }

    /// <summary>Whether several processes may log into one run. Else each rank of a distributed training makes its own.</summary>
    bool CanShareRuns { get; }

    /// <summary>Makes the run, or joins the one that <see cref="RunStart.RunId"/> names. Called in the background.</summary>
    /// <exception cref="BackendUnavailableException">It is away: the call is repeated until it is back.</exception>
    /// <exception cref="BackendRefusalException">It said no.</exception>
    Task<IRunSink> OpenAsync(RunStart start, SinkContext context, CancellationToken ct);
}

/// <summary>A run of a backend. One consumer calls it, one call at a time.</summary>
public interface IRunSink : IAsyncDisposable
{
    /// <summary>The run's ID in this backend.</summary>
    string RunId { get; }

    /// <summary>
    /// Delivers records in their order; when it returns, they are delivered, but for those that <see cref="SinkContext.Refuse"/>
    /// was told about. A record may come again when the call failed or the program was killed.
    /// </summary>
    /// <exception cref="BackendUnavailableException">It is away: the call is repeated with the same records.</exception>
    /// <exception cref="BackendRefusalException">It said no to all of them.</exception>
    Task LogAsync(IReadOnlyList<LogRecord> records, CancellationToken ct);

    /// <summary>Ends the run. Nothing is logged to it afterwards.</summary>
    Task EndAsync(RunEnd end, CancellationToken ct);
}

/// <summary>What a backend may tell while it works.</summary>
public sealed class SinkContext
{
    private readonly Action<string> report;
    private readonly Action<int> refuse;

    internal SinkContext(Action<string> report, Action<int> refuse, TimeProvider clock)
    {
        (this.report, this.refuse) = (report, refuse);
        Clock = clock;
    }

    /// <summary>The clock of waits.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Tells the program's user about a problem; each text once.</summary>
    public void Report(string problem) => report(problem);

    /// <summary>Records that will never be delivered: they are counted, the reason is told once, the rest goes on.</summary>
    public void Refuse(int records, string why)
    {
        refuse(records);
        report(why);
    }
}

/// <summary>The backend cannot be reached now. What was asked for is asked for again.</summary>
public sealed class BackendUnavailableException(string message) : Exception(message);

/// <summary>The backend understood and said no.</summary>
/// <param name="message">What it said.</param>
/// <param name="isFinal">Nothing else will be accepted either: the credentials are wrong, for example.</param>
public sealed class BackendRefusalException(string message, bool isFinal = false) : Exception(message)
{
    /// <summary>Nothing else will be accepted either. What was not delivered stays in the spool.</summary>
    public bool IsFinal => isFinal;
}
