using System.Text.Json.Nodes;
using Braid.Data.Branching;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Repositories;
using Braid.Pipelines.Jobs;

namespace Braid.Gateway.Web.Versions;

/// <summary>Versioned data as the pages read it; times are ISO 8601 in UTC, sizes are bytes.</summary>
internal static class VersionJson
{
    public static JsonObject Write(Repo repo) =>
        new()
        {
            ["project"] = repo.Name.Project,
            ["name"] = NameOf(repo.Name),
            ["description"] = repo.Description,
            ["role"] = repo.Role,
            ["created"] = repo.CreatedAt,
            ["branches"] = repo.Branches.Count,
            ["size"] = repo.Size,
        };

    /// <param name="head">The commit that it points at.</param>
    public static JsonObject Write(Branch branch, Commit? head) =>
        new()
        {
            ["name"] = branch.Name.Name,
            ["head"] = head is null ? null : Write(head, null),
            ["created"] = branch.CreatedAt,
            ["createdBy"] = branch.CreatedBy,
            ["madeFrom"] = Answer.List(branch.DirectProvenance, one => $"{one}"),
            ["makes"] = Answer.List(branch.Subvenance, one => $"{one}"),
            ["trigger"] = branch.Trigger?.Branch,
        };

    /// <param name="job">The job that makes it, if one does.</param>
    public static JsonObject Write(Commit commit, Job? job) =>
        new()
        {
            ["id"] = $"{commit.Name.Id}",
            ["branch"] = commit.Branch.Name,
            ["state"] = StateOf(commit),
            ["error"] = commit.Error,
            ["message"] = commit.Description,
            ["parent"] = commit.Parent is { } parent ? $"{parent.Id}" : null,
            ["started"] = commit.Started,
            ["by"] = commit.StartedBy,
            ["finished"] = commit.Finished,
            ["size"] = commit.Size,
            ["files"] = commit.Files,
            ["isOutput"] = commit.IsOutput,
            ["job"] = job is null ? null : Write(job),
        };

    public static JsonObject Write(CommitName commit, string branch) =>
        new()
        {
            ["project"] = commit.Repo.Project,
            ["repo"] = NameOf(commit.Repo),
            ["branch"] = branch,
            ["commit"] = $"{commit.Id}",
        };

    /// <summary>A job as pages link to it: by pipeline and commit set, and by its run.</summary>
    public static JsonObject Write(Job job) =>
        new()
        {
            ["project"] = job.Pipeline.Project,
            ["pipeline"] = job.Pipeline.Name,
            ["id"] = $"{job.Set}",
            ["run"] = $"{job.Run}",
            ["state"] = job.State.ToString().ToLowerInvariant(),
        };

    /// <summary>The name within its project, with its type where that is not the usual one.</summary>
    private static string NameOf(RepoName repo) => $"{repo}"[(repo.Project.Length + 1)..];

    private static string StateOf(Commit commit) =>
        commit.IsForgotten ? "forgotten"
        : commit.HasFailed ? "failed"
        : commit.IsFinished ? "finished"
        : commit.Finishing is not null ? "finishing"
        : "open";
}
