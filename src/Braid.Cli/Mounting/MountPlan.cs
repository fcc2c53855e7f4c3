using Braid.Cli.Mounting.Naming;

namespace Braid.Cli.Mounting;

/// <summary>What a mount shows.</summary>
/// <param name="Home">The project whose repos are in the root.</param>
/// <param name="Chosen">Only these repos; empty for all of them.</param>
internal sealed record MountPlan(string Home, IReadOnlyList<RepoChoice> Chosen)
{
    /// <summary>Every branch can be written, and not only chosen ones.</summary>
    public bool WriteAll { get; init; }

    /// <summary>A branch shows its newest commit, and not the one of the first look.</summary>
    public bool Follow { get; init; }

    public bool MayWrite => WriteAll || Chosen.Any(choice => choice.Writable);

    /// <summary>What a name in a project's directory stands for; null when nothing can have it.</summary>
    public RepoChoice? Find(string project, string name)
    {
        var found =
            Chosen.Count == 0
                ? RepoChoice.OfName(project, name)
                : Chosen.FirstOrDefault(choice => choice.Project == project && NameOf(choice) == name);
        return found is null ? null : found with { Writable = found.IsBranch && (WriteAll || found.Writable) };
    }

    /// <summary>A chosen repo has the repo's bare name; one that was chosen twice, its branch or commit, too.</summary>
    public string NameOf(RepoChoice choice) =>
        Chosen.Count(other => other.Project == choice.Project && other.Repo == choice.Repo) > 1
            ? choice.Name
            : choice.Repo;
}
