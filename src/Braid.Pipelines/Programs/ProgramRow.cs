using Braid.Access.Callers;
using Braid.Pipelines.Creation;
using Braid.Primitives;

namespace Braid.Pipelines.Programs;

/// <summary>What is known about the program of one version of a spout or service, kept while the pipeline is.</summary>
internal sealed record ProgramRow
{
    public const string Select = """
        SELECT project, pipeline, version, run_id, run_project, set_id, attempt, epoch, started_at, starts, failures,
          next_start_at, reason
        FROM program
        """;

    public string Project { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public long Version { get; init; }

    /// <summary>Has its lines, and what it tracks.</summary>
    public RunId RunId { get; init; }
    public ProjectId RunProject { get; init; }

    /// <summary>The job that it is of; null for a spout.</summary>
    public CommitSetId? SetId { get; init; }

    /// <summary>While it runs: what its credentials are revoked by.</summary>
    public string? Attempt { get; init; }

    /// <summary>While it runs: the turn of the server that runs it.</summary>
    public string? Epoch { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public long Starts { get; init; }

    /// <summary>Ends one after the other; 0 again once it has run for a while.</summary>
    public long Failures { get; init; }
    public DateTimeOffset NextStartAt { get; init; }

    /// <summary>Why it ended the last time, or could not be started.</summary>
    public string Reason { get; init; } = "";

    public PipelineRef Ref => new(Project, Pipeline);

    public bool IsRunning => Attempt is not null;

    /// <summary>Who its program is: it reads and writes its pipeline's output repo, and nothing else.</summary>
    public Caller.Job CallerOf(string attempt)
    {
        var output = new HashSet<string>(StringComparer.Ordinal) { $"{PipelineRepos.Output(Ref)}" };
        return new(RunId, RunProject, attempt, output) { WritableRepos = output };
    }
}
