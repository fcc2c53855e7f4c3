using Braid.Pipelines.Jobs;
using Braid.Tracking.Logs;

namespace Braid.Pipelines.Logs;

/// <summary>A line of a job's log.</summary>
public sealed record JobLogLine
{
    public required PipelineRef Pipeline { get; init; }

    /// <summary>The commit set's id.</summary>
    public required string Job { get; init; }

    /// <summary>Empty outside of datums.</summary>
    public string Datum { get; init; } = "";

    public string Worker { get; init; } = "";

    public required LogSource Source { get; init; }

    public string Level { get; init; } = "";

    public required DateTimeOffset At { get; init; }

    public required string Message { get; init; }

    /// <summary>True when the user's program wrote it.</summary>
    public bool IsUser => Source is LogSource.Stdout or LogSource.Stderr;

    /// <summary>True when it is what the server decided.</summary>
    public bool IsMaster => Source == LogSource.Server;

    internal static JobLogLine Of(Job job, LogLine line) =>
        new()
        {
            Pipeline = job.Pipeline,
            Job = $"{job.Set}",
            Datum = line.Datum ?? "",
            Worker = line.Worker,
            Source = line.Source,
            Level = line.Level,
            At = DateTimeOffset.FromUnixTimeMilliseconds(line.TimestampMs),
            Message = line.Text,
        };
}
