using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.ModelLists;
using Braid.Gateway.Web.Runs.Listing;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Finding;

/// <summary>
/// <c>GET /api/find?q=</c>: a few runs, pipelines, projects, repos, models and commits whose id begins with a text, whose name contains it, or that
/// carry it as a label, and files by <c>repo@branch:/path</c>; each with the page that shows it.
/// </summary>
internal sealed class FindEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostOfKind = 6;

    public async Task AnswerAsync(HttpContext context)
    {
        var caller = await session.FindCallerAsync(context);
        var text = context.Request.Query["q"].ToString().Trim();
        await Answer.SendAsync(
            context,
            caller.IsOk ? await FindAsync(caller.Value, text, context.RequestAborted) : caller.Error
        );
    }

    private async Task<Result<JsonObject>> FindAsync(Caller caller, string text, CancellationToken ct)
    {
        if (text.Length == 0)
        {
            return new JsonObject { ["found"] = new JsonArray() };
        }

        var runs = await RunsAsync(caller, text, ct);
        var projects = await ProjectsAsync(caller, text, ct);
        var repos = await ReposAsync(caller, text, ct);
        var models = await ModelsAsync(caller, text, ct);
        var pipelines = await PipelinesAsync(caller, text, ct);
        var commits = await CommitsAsync(caller, text, ct);
        var files = await FilePlaces.FindAsync(rooms, caller, text, mostOfKind, ct);
        return (runs.Error ?? projects.Error ?? repos.Error ?? models.Error) is { } refused
            ? refused
            : new JsonObject
            {
                ["found"] = new JsonArray([
                    .. runs.Value,
                    .. pipelines,
                    .. projects.Value,
                    .. repos.Value,
                    .. models.Value,
                    .. commits,
                    .. files,
                ]),
            };
    }

    private async Task<Result<IEnumerable<JsonObject>>> RunsAsync(Caller caller, string text, CancellationToken ct)
    {
        var query = new RunQuery
        {
            Where = RunTable.Search(text),
            OrderBy = [new Order(RunFields.Created, Descending: true)],
            Limit = mostOfKind,
            Parts = RunParts.None,
        };
        var found = await rooms.Runs.QueryAsync(caller, query, ct);
        return found.Select(page =>
            page.Items.Select(run => FoundJson.Write("run", $"/runs/{run.Id}", run.Name, Short(run.Id.ToString())))
        );
    }

    private async Task<IEnumerable<JsonObject>> PipelinesAsync(Caller caller, string text, CancellationToken ct) =>
        (await rooms.Pipelines.Overviews.FindAsync(caller, text, mostOfKind, ct)).Select(pipeline =>
            FoundJson.Write(
                "pipeline",
                $"/pipelines/{Uri.EscapeDataString(pipeline.Project)}/{pipeline.Name}",
                pipeline.Name,
                pipeline.Project
            )
        );

    private async Task<Result<IEnumerable<JsonObject>>> ProjectsAsync(Caller caller, string text, CancellationToken ct)
    {
        var query = new ProjectQuery { Where = Contains(ProjectFields.Name, text), Limit = mostOfKind };
        var found = await rooms.Projects.ListAsync(caller, query, ct);
        return found.Select(page =>
            page.Items.Select(project =>
                FoundJson.Write("project", $"/runs?project={Uri.EscapeDataString(project.Name)}", project.Name, "")
            )
        );
    }

    private async Task<Result<IEnumerable<JsonObject>>> ReposAsync(Caller caller, string text, CancellationToken ct)
    {
        var found = await rooms.Data.Repos.ListAsync(caller, RepoName.UserType, [], ct);
        return found.Select(repos =>
            repos
                .Select(repo => repo.Name)
                .Where(name => $"{name}".Contains(text, StringComparison.OrdinalIgnoreCase))
                .Take(mostOfKind)
                .Select(name => FoundJson.Write("repo", $"/data/{name}", name.Name, name.Project))
        );
    }

    /// <summary>A commit set is a commit in each of several repos.</summary>
    private async Task<IEnumerable<JsonObject>> CommitsAsync(Caller caller, string text, CancellationToken ct) =>
        RunTable.PrefixOf(text) is { } digits
            ? (await rooms.Data.Commits.BeginningAsync(caller, digits, mostOfKind, ct)).Select(commit =>
                FoundJson.Write("commit", $"/data/{commit.Repo}/{commit.Id}", Short($"{commit.Id}"), $"{commit.Repo}")
            )
            : [];

    private async Task<Result<IEnumerable<JsonObject>>> ModelsAsync(Caller caller, string text, CancellationToken ct)
    {
        var query = new ModelQuery
        {
            Where = ModelListEndpoint.Search(text),
            OrderBy = [new Order(ModelFields.Created, Descending: true)],
            Limit = mostOfKind,
        };
        var found = await rooms.Models.QueryAsync(caller, query, ct);
        return found.Select(page => page.Items.Select(Write));
    }

    private static JsonObject Write(Model model) =>
        FoundJson.Write(
            "model",
            $"/models/{model.Id}",
            model.RegisteredName is { } name ? $"{name} v{model.Version}" : model.Name,
            Short(model.Id.ToString())
        );

    private static Filter.Compare Contains(Field field, string text) => new(field, Comparison.ILike, $"%{text}%");

    private static string Short(string id) => id[..8];
}
