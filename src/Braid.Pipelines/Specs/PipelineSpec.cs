namespace Braid.Pipelines.Specs;

/// <summary>
/// What a pipeline is to do, checked and with defaults filled in. Fields that this server does not act on are carried in
/// <see cref="Json"/>, so that a spec comes back as it was given. Made by <see cref="SpecReader"/>.
/// </summary>
public sealed record PipelineSpec
{
    public required PipelineRef Pipeline { get; init; }

    public string Description { get; init; } = "";

    public required Transform Transform { get; init; }

    public required Input Input { get; init; }

    /// <summary>Workers that run datums side by side, 1 or more.</summary>
    public int Parallelism { get; init; } = 1;

    public string OutputBranch { get; init; } = "master";

    /// <summary>The longest one attempt of a datum may take; null: no limit.</summary>
    public TimeSpan? DatumTimeout { get; init; }

    /// <summary>The longest a job may take, counted from its start; null: no limit.</summary>
    public TimeSpan? JobTimeout { get; init; }

    /// <summary>Attempts that a datum gets in all before it counts as failed.</summary>
    public int DatumTries { get; init; } = 3;

    /// <summary>True when no job may take over another's datums (<c>reprocess_spec: every_job</c>).</summary>
    public bool ReprocessesEveryJob { get; init; }

    /// <summary>A salt that the spec asks for; null: the server picks one.</summary>
    public string? Salt { get; init; }

    /// <summary>The whole spec as protobuf JSON (camelCase names), fields that are only carried included.</summary>
    public required string Json { get; init; }
}

/// <summary>The user's code: a program that is started directly (no shell) once per datum.</summary>
public sealed record Transform
{
    /// <summary>Recorded and shown; the process executor does not use it.</summary>
    public string Image { get; init; } = "";

    public required IReadOnlyList<string> Cmd { get; init; }

    /// <summary>Lines for the standard input of <see cref="Cmd"/>.</summary>
    public IReadOnlyList<string> Stdin { get; init; } = [];

    /// <summary>Runs after a failed attempt; when it ends with 0 the datum is recovered: no output, no failure.</summary>
    public IReadOnlyList<string> ErrCmd { get; init; } = [];

    public IReadOnlyList<string> ErrStdin { get; init; } = [];

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>Exit codes other than 0 that count as success.</summary>
    public IReadOnlyList<long> AcceptReturnCode { get; init; } = [];

    /// <summary>The directory to start in; empty: <c>/</c>.</summary>
    public string WorkingDir { get; init; } = "";
}
