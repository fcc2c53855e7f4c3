using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Data.Repositories;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Versions.Repos;

/// <summary>
/// <c>GET /api/data/repos?q=&amp;project=&amp;sort=&amp;offset=&amp;count=</c>: repos whose name or description contains a text, with the projects
/// that there are; <c>POST /api/data/repos</c> and <c>POST /api/data/projects</c> make one.
/// </summary>
internal sealed class RepoEndpoints(WebRooms rooms, BrowserSession session)
{
    private const int usualCount = 200;
    private const int mostCount = 1000;

    private readonly CallerAnswer answer = new(session);

    public Task ListAsync(HttpContext context) =>
        answer.SendAsync(context, (caller, ct) => ListAsync(context, caller, ct));

    public Task CreateAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
            {
                var asked = await JsonBody.ReadAsync(context.Request, VersionRecordsJson.Default.NewRepoRecord);
                return asked.TryGet(out var record, out var bad) ? await CreateAsync(caller, record, ct) : bad;
            }
        );

    public Task CreateProjectAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
            {
                var asked = await JsonBody.ReadAsync(context.Request, VersionRecordsJson.Default.NewRepoProjectRecord);
                return !asked.TryGet(out var record, out var bad)
                    ? bad
                    : (
                        await rooms.Data.Projects.CreateAsync(
                            caller,
                            record.Name,
                            record.Description ?? "",
                            update: false,
                            ct
                        )
                    ).Select(_ => new JsonObject());
            }
        );

    private async Task<Result<JsonObject>> ListAsync(HttpContext context, Caller caller, CancellationToken ct)
    {
        string[] only = Asked.Text(context, "project") is { Length: > 0 } project ? [project] : [];
        var repos = await rooms.Data.Repos.ListAsync(caller, RepoName.UserType, only, ct);
        var projects = await rooms.Data.Projects.ListAsync(caller, ct);
        if ((repos.Error ?? projects.Error) is { } refused)
        {
            return refused;
        }

        var last = await rooms.Data.Repos.LastCommitsAsync(caller, RepoName.UserType, ct);
        var text = Asked.Text(context, "q");
        var found = RepoOrder
            .Sort(repos.Value.Where(repo => Has(repo, text)), last, Asked.Text(context, "sort"))
            .ToList();
        var page = found
            .Skip(Asked.Number(context, "offset", 0, int.MaxValue))
            .Take(Asked.Number(context, "count", usualCount, mostCount));
        return new JsonObject
        {
            ["repos"] = Answer.List(page, repo => Write(repo, last)),
            ["count"] = found.Count,
            ["projects"] = Answer.List(projects.Value, one => one.Name),
            ["mayWrite"] = caller.MayWriteData("repos") is null,
        };
    }

    private async Task<Result<JsonObject>> CreateAsync(Caller caller, NewRepoRecord record, CancellationToken ct)
    {
        var repo = new RepoName(record.Project, record.Name);
        return (await rooms.Data.Repos.CreateAsync(caller, repo, record.Description ?? "", update: false, ct)).Select(
            _ => new JsonObject()
        );
    }

    private static bool Has(Repo repo, string text) =>
        $"{repo.Name}".Contains(text, StringComparison.OrdinalIgnoreCase)
        || repo.Description.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static JsonObject Write(Repo repo, IReadOnlyDictionary<RepoName, DateTimeOffset> last)
    {
        var written = VersionJson.Write(repo);
        written["lastCommit"] = last.TryGetValue(repo.Name, out var time) ? time : null;
        return written;
    }
}
