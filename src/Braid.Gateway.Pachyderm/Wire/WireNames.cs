using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Pipelines;

namespace Braid.Gateway.Pachyderm.Wire;

/// <summary>
/// Names on the wire. Every client's form is read (before 2.6 a commit named its repo only through its branch; an empty
/// project is the default one), and every form that some client reads is written.
/// </summary>
internal static class WireNames
{
    public static Result<RepoName> Repo(Pfs.Repo? repo) =>
        repo is { Name.Length: > 0 }
            ? new RepoName(Project(repo.Project), repo.Name, TypeOf(repo))
            : Errors.Missing("repo");

    public static string Project(Pfs.Project? project) =>
        project is { Name.Length: > 0 } ? project.Name : RepoName.DefaultProject;

    public static Result<BranchName> Branch(Pfs.Branch? branch) =>
        branch is { Name.Length: > 0 }
            ? Repo(branch.Repo).Select(repo => new BranchName(repo, branch.Name))
            : Errors.Missing("branch");

    /// <summary>The commit's repo, and where in it; refused when neither an id nor a branch is given.</summary>
    public static Result<CommitAt> Commit(Pfs.Commit? commit)
    {
        if (!Repo(commit?.Repo ?? commit?.Branch?.Repo).TryGet(out var repo, out var error))
        {
            return error;
        }

        var text = commit is { Id.Length: > 0 } ? commit.Id : commit?.Branch?.Name;
        return string.IsNullOrEmpty(text)
            ? Errors.Missing("commit or branch")
            : CommitSpec.Parse(text).Select(spec => new CommitAt(repo, spec));
    }

    /// <summary>As above; null when no commit is given at all.</summary>
    public static Result<CommitSpec?> OptionalCommit(Pfs.Commit? commit) =>
        commit is null or { Id.Length: 0, Branch: null or { Name.Length: 0 } }
            ? (Result<CommitSpec?>)(CommitSpec?)null
            : Commit(commit).Select(at => (CommitSpec?)at.Spec);

    public static Result<CommitSetId> CommitSet(string? id) =>
        CommitSetId.TryParse(id, out var set) ? set : Errors.BadCommitSetId(id ?? "");

    public static Result<PipelineRef> Pipeline(Pps.Pipeline? pipeline) =>
        pipeline is { Name.Length: > 0 }
            ? new PipelineRef(Project(pipeline.Project), pipeline.Name)
            : Errors.Missing("pipeline");

    public static Pfs.Project ToWire(string project) => new() { Name = project };

    public static Pfs.Repo ToWire(this RepoName repo) =>
        new()
        {
            Name = repo.Name,
            Type = repo.Type,
            Project = ToWire(repo.Project),
        };

    public static Pfs.Branch ToWire(this BranchName branch) =>
        new() { Repo = branch.Repo.ToWire(), Name = branch.Name };

    public static Pfs.Commit ToWire(this CommitName commit, string branch = "") =>
        new()
        {
            Repo = commit.Repo.ToWire(),
            Branch = new() { Repo = commit.Repo.ToWire(), Name = branch },
            Id = commit.Id.ToString(),
        };

    public static Pfs.Commit ToWireName(this Commit commit) => commit.Name.ToWire(commit.Branch.Name);

    public static Pps.Pipeline ToWire(this PipelineRef pipeline) =>
        new() { Project = ToWire(pipeline.Project), Name = pipeline.Name };

    private static string TypeOf(Pfs.Repo repo) => repo.Type.Length == 0 ? RepoName.UserType : repo.Type;
}

/// <summary>A commit as a request points at it.</summary>
internal readonly record struct CommitAt(RepoName Repo, CommitSpec Spec);
