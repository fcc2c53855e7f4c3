using Braid.Primitives;

namespace Braid.Tracking.Inputs;

/// <summary>A commit that a run reads (written with the job, by the server: no client says so).</summary>
/// <param name="Name">The input's name in the job (the folder under <c>/pfs</c>).</param>
/// <param name="Repo"><c>project/name</c>.</param>
public sealed record RunInput(RunId Run, string Name, string Repo, string Branch, string Commit);

/// <summary>A dataset that a program said it reads (MLflow's log-inputs). Name and digest identify it within its project.</summary>
public sealed record Dataset(string Name, string Digest, string SourceType, string Source)
{
    public string? Schema { get; init; }
    public string? Profile { get; init; }
}

/// <summary>A dataset that runs of a project read, and what for.</summary>
/// <param name="Context">The value of the inputs' tag <c>mlflow.data.context</c>; null without one.</param>
public sealed record DatasetUse(long ProjectNumber, string Name, string Digest, string? Context);

/// <summary>A dataset as an input of a run.</summary>
public sealed record DatasetInput(Dataset Dataset, IReadOnlyList<Tag> Tags)
{
    /// <summary>The run; set when read.</summary>
    public RunId Run { get; init; }
}
