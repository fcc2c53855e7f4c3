using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Models;

namespace Braid.Tracking.Runs;

/// <summary>What to change of a run, all at once; null (or nothing listed) leaves a thing as it is.</summary>
public sealed record RunChange
{
    internal static RunChange Nothing { get; } = new();

    /// <summary>True for a note about the run that is no change of it: who sorts by the last change finds it where it was.</summary>
    public bool IsNote { get; init; }
    public string? Name { get; init; }
    public string? Type { get; init; }
    public string? Comment { get; init; }
    public string? User { get; init; }
    public string? StatusReason { get; init; }
    public string? StatusMessage { get; init; }
    public ProjectId? Project { get; init; }
    public RunId? Parent { get; init; }

    /// <summary>The run is no run's child any more.</summary>
    public bool LeavesParent { get; init; }
    public DateTimeOffset? Started { get; init; }
    public DateTimeOffset? Completed { get; init; }
    public string? LastWorker { get; init; }

    /// <summary>Raises the run's last iteration; never lowers it.</summary>
    public long? LastIteration { get; init; }

    /// <summary>All labels, in place of those there are.</summary>
    public IReadOnlyList<string>? Labels { get; init; }
    public IReadOnlyList<string>? SystemLabels { get; init; }

    /// <summary>Each section given replaces the stored one.</summary>
    public RunDocuments Documents { get; init; } = new();
    public IReadOnlyList<Tag> SetTags { get; init; } = [];

    /// <summary>A tag that is not there is <c>tracking.no-such-tag</c>.</summary>
    public IReadOnlyList<string> RemoveTags { get; init; } = [];
    public ParameterEdit Parameters { get; init; } = new();
    public IReadOnlyList<RunArtifact> SetArtifacts { get; init; } = [];
    public IReadOnlyList<(string Key, string Mode)> RemoveArtifacts { get; init; } = [];
    public IReadOnlyList<RunModel> SetModels { get; init; } = [];
    public IReadOnlyList<(string Name, RunModelKind Kind)> RemoveModels { get; init; } = [];
}

/// <summary>What the parameters of an edit take the place of.</summary>
public enum ParameterReplacement
{
    /// <summary>Only parameters of the same section and name.</summary>
    None,

    /// <summary>Everything in the sections that the edit mentions.</summary>
    Section,

    /// <summary>All parameters.</summary>
    All,
}

/// <summary>A change of a run's parameters: first what is replaced or removed goes, then what is set comes.</summary>
public sealed record ParameterEdit
{
    public IReadOnlyList<RunParameter> Set { get; init; } = [];

    /// <summary>A name of null removes the whole section.</summary>
    public IReadOnlyList<(string Section, string? Name)> Remove { get; init; } = [];
    public ParameterReplacement Replace { get; init; }

    /// <summary>A parameter that has another value already is <c>tracking.parameter-immutable</c>, and nothing changes.</summary>
    public bool Immutable { get; init; }

    internal bool IsEmpty => Set.Count == 0 && Remove.Count == 0 && Replace != ParameterReplacement.All;
}

/// <summary>A status to go to.</summary>
public sealed record StatusChange(RunStatus To)
{
    public string Reason { get; init; } = "";
    public string Message { get; init; } = "";

    /// <summary>Goes there whatever the status is now.</summary>
    public bool Force { get; init; }

    /// <summary>Only from one of these, forced or not; null for what the status machine allows.</summary>
    public IReadOnlyList<RunStatus>? From { get; init; }

    /// <summary>When it happened, where the caller knows better than the server's clock.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>A run that goes on after an end keeps the time at which it first started.</summary>
    public bool KeepsStart { get; init; }

    /// <summary>With this, the run's artifacts are a version of a data set that is complete: it becomes a commit.</summary>
    public bool CompletesDataset { get; init; }
}
