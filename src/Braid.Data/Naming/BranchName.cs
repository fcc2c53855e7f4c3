using Braid.Primitives;

namespace Braid.Data.Naming;

/// <summary>A branch of a repo, written <c>project/repo@branch</c>.</summary>
public readonly record struct BranchName(RepoName Repo, string Name)
{
    /// <summary>What is wrong with the name; null when it may be given to a new branch.</summary>
    public Error? Check() =>
        Repo.Check()
        ?? NameRules.Check(Name)
        ?? (Hex32.TryParse(Name, out _) ? Errors.BranchNamedAsCommit(Name) : null);

    public override string ToString() => $"{Repo}@{Name}";
}
