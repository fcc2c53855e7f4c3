using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Data.Branching;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Versions.Branches;

/// <summary>
/// <c>GET /api/data/repos/P/R</c>: a repo with its branches and their heads; <c>POST .../branches</c> makes a branch, <c>DELETE .../branches/B</c>
/// removes one.
/// </summary>
internal sealed class BranchEndpoints(WebRooms rooms, BrowserSession session)
{
    private const int mostBranches = 200;

    private readonly RepoAnswer answer = new(session);

    public Task ListAsync(HttpContext context) => answer.SendAsync(context, ListAsync);

    public Task CreateAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (Caller caller, RepoName repo, CancellationToken ct) =>
            {
                var asked = await JsonBody.ReadAsync(context.Request, VersionRecordsJson.Default.NewBranchRecord);
                return asked.TryGet(out var record, out var bad) ? await CreateAsync(caller, repo, record, ct) : bad;
            }
        );

    public Task DeleteAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (Caller caller, RepoName _, CancellationToken ct) =>
                !Asked.Branch(context).TryGet(out var branch, out var bad)
                    ? bad
                    : (await rooms.Data.Branches.DeleteAsync(caller, branch, force: false, ct)).Select(
                        _ => new JsonObject()
                    )
        );

    private async Task<Result<JsonObject>> ListAsync(Caller caller, RepoName name, CancellationToken ct)
    {
        var repo = await rooms.Data.Repos.InspectAsync(caller, name, ct);
        var branches = await rooms.Data.Branches.ListAsync(caller, name, ct);
        if ((repo.Error ?? branches.Error) is { } refused)
        {
            return refused;
        }

        var shown = branches.Value.Take(mostBranches).ToList();
        var heads = await HeadsAsync(shown, ct);
        return new JsonObject
        {
            ["repo"] = VersionJson.Write(repo.Value),
            ["branches"] = Answer.List(
                shown,
                branch => VersionJson.Write(branch, branch.Head is { } head ? heads.GetValueOrDefault(head) : null)
            ),
            ["mayWrite"] = caller.MayWriteData($"{name}") is null,
        };
    }

    private Task<Dictionary<CommitName, Commit>> HeadsAsync(IReadOnlyList<Branch> branches, CancellationToken ct) =>
        rooms.Database.ReadAsync(
            async db =>
            {
                var heads = new Dictionary<CommitName, Commit>();
                foreach (var branch in branches)
                {
                    if (branch.Head is { } head && await rooms.Data.Commits.FindAsync(db, head) is { } commit)
                    {
                        heads[head] = commit;
                    }
                }

                return heads;
            },
            ct
        );

    private async Task<Result<JsonObject>> CreateAsync(
        Caller caller,
        RepoName repo,
        NewBranchRecord record,
        CancellationToken ct
    )
    {
        CommitSpec? head = null;
        if (record.Head is { Length: > 0 } text && !CommitSpec.Parse(text).TryGet(out head, out var bad))
        {
            return bad;
        }

        var change = new BranchChange { Head = head, MustBeNew = true };
        return (await rooms.Data.Branches.CreateAsync(caller, new(repo, record.Name), change, ct)).Select(
            _ => new JsonObject()
        );
    }
}
