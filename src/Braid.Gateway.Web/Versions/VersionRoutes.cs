using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.Versions.Branches;
using Braid.Gateway.Web.Versions.Commits;
using Braid.Gateway.Web.Versions.Contents;
using Braid.Gateway.Web.Versions.Repos;
using Braid.Gateway.Web.Versions.Uploads;
using Microsoft.AspNetCore.Builder;

namespace Braid.Gateway.Web.Versions;

/// <summary>The paths below which the pages find versioned data. A commit is an id, a branch, or any other text that names one.</summary>
internal static class VersionRoutes
{
    private const string repo = "/api/data/repos/{project}/{repo}";
    private const string branch = $"{repo}/branches/{{branch}}";
    private const string commit = $"{repo}/commits/{{commit}}";

    public static void Map(WebApplication app, WebRooms rooms, BrowserSession session)
    {
        var repos = new RepoEndpoints(rooms, session);
        app.MapGet("/api/data/repos", repos.ListAsync);
        app.MapPost("/api/data/repos", repos.CreateAsync);
        app.MapPost("/api/data/projects", repos.CreateProjectAsync);
        var branches = new BranchEndpoints(rooms, session);
        app.MapGet(repo, branches.ListAsync);
        app.MapPost($"{repo}/branches", branches.CreateAsync);
        app.MapDelete(branch, branches.DeleteAsync);
        var commits = new CommitEndpoints(rooms, session);
        app.MapGet($"{repo}/commits", commits.ListAsync);
        app.MapGet(commit, commits.InspectAsync);
        MapContents(app, rooms, session);
    }

    private static void MapContents(WebApplication app, WebRooms rooms, BrowserSession session)
    {
        app.MapGet($"{commit}/files", new DirectoryEndpoint(rooms, session).AnswerAsync);
        app.MapGet($"{commit}/content", new ContentEndpoint(rooms, session).AnswerAsync);
        app.MapGet($"{commit}/archive", new ArchiveEndpoint(rooms, session).AnswerAsync);
        app.MapGet($"{commit}/history", new HistoryEndpoint(rooms, session).AnswerAsync);
        app.MapGet($"{commit}/changes", new ChangesEndpoint(rooms, session).AnswerAsync);
        var uploads = new UploadEndpoints(rooms, session);
        app.MapPost($"{branch}/check", uploads.CheckAsync);
        app.MapPut($"{branch}/files", uploads.PutAsync);
    }
}
