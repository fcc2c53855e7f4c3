using Braid.Pipelines.Jobs;
using Braid.Pipelines.Programs;
using Braid.Tracking.Logs;

namespace Braid.Pipelines.Logs;

/// <summary>A line of a job's log.</summary>
public sealed record JobLogLine
{
    public required PipelineRef Pipeline { get; init; }

    /// <summary>What stands for the job in the lines of a spout.</summary>
    public const string SpoutJob = "spout";

    /// <summary>The commit set's id, or <see cref="SpoutJob"/>.</summary>
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

    internal static JobLogLine Of(Job job, LogLine line) => Of(job.Pipeline, $"{job.Set}", line);

    internal static JobLogLine Of(ProgramRow program, LogLine line) => Of(program.Ref, SpoutJob, line);

    private static JobLogLine Of(PipelineRef pipeline, string job, LogLine line) =>
        new()
        {
            Pipeline = pipeline,
            Job = job,
            Datum = line.Datum ?? "",
            Worker = line.Worker,
            Source = line.Source,
            Level = line.Level,
            At = DateTimeOffset.FromUnixTimeMilliseconds(line.TimestampMs),
            Message = line.Text,
        };
}
