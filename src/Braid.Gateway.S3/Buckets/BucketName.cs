using System.Diagnostics.CodeAnalysis;
using Braid.Data.Naming;
using Braid.Primitives;

namespace Braid.Gateway.S3.Buckets;

/// <summary>
/// A bucket: <c>[commit.]branch.repo[.project]</c>, or <c>repo</c> alone for its branch <c>master</c>. With a commit it is
/// a read-only view of that commit.
/// </summary>
internal sealed record BucketName(BranchName Branch, CommitSetId? Commit)
{
    private const string defaultBranch = "master";

    /// <summary>What to read from.</summary>
    public CommitSpec Spec => Commit is { } id ? CommitSpec.OfId(id) : CommitSpec.OfBranch(Branch.Name);

    public bool IsView => Commit is not null;

    public static bool TryParse(string text, [NotNullWhen(true)] out BucketName? name)
    {
        var parts = text.Split('.');
        CommitSetId? commit = null;
        if (parts.Length > 1 && CommitSetId.TryParse(parts[0], out var id))
        {
            commit = id;
            parts = parts[1..];
        }

        name = parts switch
        {
            [var repo] => new(new(Repo(repo), defaultBranch), commit),
            [var branch, var repo] => new(new(Repo(repo), branch), commit),
            [var branch, var repo, var project] => new(new(new(project, repo), branch), commit),
            _ => null,
        };
        name = name?.Branch.Check() is null ? name : null;
        return name is not null;

        static RepoName Repo(string repo) => new(RepoName.DefaultProject, repo);
    }

    public static string Format(BranchName branch) => $"{branch.Name}.{branch.Repo.Name}.{branch.Repo.Project}";
}
