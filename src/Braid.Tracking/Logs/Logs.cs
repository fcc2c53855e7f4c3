using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Logs;

/// <summary>What runs print, kept in compressed blocks.</summary>
public sealed class Logs(Database database, TimeProvider clock)
{
    /// <summary>Appends lines; durable when it returns.</summary>
    public Task<Result<Unit>> AppendAsync(
        Caller caller,
        RunId run,
        IReadOnlyList<LogLine> lines,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>A page by time; lines of one time are in order of arrival (backward: the reverse).</summary>
    public Task<Result<IReadOnlyList<LogLine>>> ReadAsync(
        Caller caller,
        RunId run,
        LogPage page,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>How many lines there are.</summary>
    public Task<Result<long>> CountAsync(Caller caller, RunId run, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>
    /// The lines in order of arrival from <paramref name="from"/> on. It ends when all are read and
    /// <paramref name="follow"/> is false or the run has ended; following, it waits for more.
    /// </summary>
    /// <param name="datum">Only this datum's; null for all.</param>
    /// <param name="tail">Start at most this many lines before the end; null for all.</param>
    public Task<Result<IAsyncEnumerable<LogLine>>> FollowAsync(
        Caller caller,
        RunId run,
        long from,
        int? tail,
        string? datum,
        bool follow,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Removes a run's log.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, RunId run, CancellationToken ct) =>
        throw new NotImplementedException();
}
