using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.Runs;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Versions.Commits;

/// <summary>
/// <c>GET /api/data/repos/P/R/commits?branch=&amp;before=&amp;count=</c>: commits, newest first, of one branch's line or of the whole repo;
/// <c>GET .../commits/C</c>: one, with what it was made from, what was made from it, and the runs that read it.
/// </summary>
internal sealed class CommitEndpoints(WebRooms rooms, BrowserSession session)
{
    private const int usualCount = 50;
    private const int mostCount = 200;
    private const int mostRuns = 50;

    private readonly RepoAnswer answer = new(session);
    private readonly CommitJobs jobs = new(rooms.Pipelines.Jobs);

    public Task ListAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            (Caller caller, RepoName repo, CancellationToken ct) => ListAsync(context, caller, repo, ct)
        );

    public Task InspectAsync(HttpContext context) => answer.SendAsync(context, InspectAsync);

    private async Task<Result<JsonObject>> ListAsync(
        HttpContext context,
        Caller caller,
        RepoName repo,
        CancellationToken ct
    )
    {
        if (
            !Asked.Commit(context, "branch").TryGet(out var branch, out var bad)
            || !Asked.Commit(context, "before").TryGet(out var before, out bad)
        )
        {
            return bad;
        }

        // Of a line, what comes before a commit begins at its parent.
        var count = Asked.Number(context, "count", usualCount, mostCount);
        var query = new CommitQuery
        {
            To = branch is null ? null : before?.Ancestor(1) ?? branch,
            Before = branch is null ? before : null,
            Number = count + 1L,
        };
        var listed = await rooms.Data.Commits.ListAsync(caller, repo, query, ct);
        if (!listed.TryGet(out var commits, out var refused))
        {
            return refused;
        }

        var page = await commits.ToListAsync(ct);
        var written = new JsonArray();
        foreach (var commit in page.Take(count))
        {
            written.Add(VersionJson.Write(commit, await jobs.FindAsync(caller, commit, ct)));
        }

        return new JsonObject
        {
            ["commits"] = written,
            ["next"] = page.Count > count ? $"{page[count - 1].Name.Id}" : null,
        };
    }

    private async Task<Result<JsonObject>> InspectAsync(Caller caller, FileAt at, CancellationToken ct)
    {
        var found = await rooms.Data.Commits.InspectAsync(caller, at.Repo, at.Commit, CommitState.Started, ct);
        if (!found.TryGet(out var commit, out var missing))
        {
            return missing;
        }

        if (!(await ReadersAsync(caller, commit, ct)).TryGet(out var readers, out var refused))
        {
            return refused;
        }

        var made = commit.DirectProvenance.Zip(
            commit.ProvenanceBranches,
            (name, on) => VersionJson.Write(name, on.Name)
        );
        return new JsonObject
        {
            ["commit"] = VersionJson.Write(commit, await jobs.FindAsync(caller, commit, ct)),
            ["madeFrom"] = new JsonArray([.. made]),
            ["makes"] = Answer.List(commit.DirectSubvenance, name => VersionJson.Write(name, "")),
            ["readBy"] = readers,
            ["mayWrite"] = caller.MayWriteRepo($"{at.Repo}") is null && !commit.IsOutput,
        };
    }

    /// <summary>The newest of the runs that read it.</summary>
    private async Task<Result<JsonArray>> ReadersAsync(Caller caller, Commit commit, CancellationToken ct)
    {
        var ids = await rooms.Inputs.RunsReadingAsync(caller, $"{commit.Name.Repo}", $"{commit.Name.Id}", ct);
        if (!ids.TryGet(out var reading, out var refused) || reading.Count == 0)
        {
            return refused is null ? new JsonArray() : refused;
        }

        var query = new RunQuery
        {
            Ids = reading,
            OrderBy = [new(RunFields.Created, Descending: true)],
            Limit = mostRuns,
            Parts = RunParts.None,
        };
        var runs = await rooms.Runs.QueryAsync(caller, query, ct);
        return runs.Select(page => Answer.List(page.Items, run => RunJson.Summary(run, "")));
    }
}
