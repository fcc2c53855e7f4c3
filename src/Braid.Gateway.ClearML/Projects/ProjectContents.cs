using System.Text.RegularExpressions;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Projects;

/// <summary>A project, the projects below it, and what lies in them.</summary>
internal sealed class ProjectContents
{
    private static readonly Filter active = !new Filter.HasLabel(SystemTags.Archived, System: true);

    private readonly ApiCall call;

    private ProjectContents(ApiCall call, IReadOnlyList<Project> projects)
    {
        this.call = call;
        Projects = projects;
    }

    /// <summary>Those furthest below first, the project itself last.</summary>
    public IReadOnlyList<Project> Projects { get; }

    private IReadOnlyList<ProjectId> Ids => [.. Projects.Select(project => project.Id)];

    public static async Task<Result<ProjectContents>> OfAsync(ApiCall call, ProjectId id, CancellationToken ct)
    {
        var found = await call.Rooms.Projects.GetAsync(call.Caller, id, ct);
        if (!found.TryGet(out var project, out var error))
        {
            return error;
        }

        var below = new ProjectQuery
        {
            Where = new Filter.Matches(ProjectFields.Name, $"^{Regex.Escape(project.Name)}/"),
            Lifecycle = Lifecycle.Any,
        };
        var all = await call.Rooms.Projects.ListAsync(call.Caller, below, ct);
        return all.Select(page => new ProjectContents(
            call,
            [.. page.Items.OrderByDescending(one => one.Name.Count(letter => letter == '/')), project]
        ));
    }

    /// <summary>The projects that are marked as holding one kind of thing.</summary>
    public long Count(string kind) => Projects.Count(project => project.SystemLabels.Contains(kind));

    /// <param name="onlyActive">Without those that were put away.</param>
    public Task<Result<long>> CountTasksAsync(bool onlyActive, Filter where, CancellationToken ct)
    {
        var runs = Runs(onlyActive ? active : Filter.Everything);
        return call.Rooms.Runs.CountAsync(call.Caller, runs with { Where = runs.Where & where }, ct);
    }

    public Task<Result<long>> CountModelsAsync(bool onlyActive, CancellationToken ct) =>
        call.Rooms.Models.CountAsync(
            call.Caller,
            new()
            {
                Projects = Ids,
                Where = onlyActive ? active : Filter.Everything,
                Lifecycle = onlyActive ? Lifecycle.Active : Lifecycle.Any,
            },
            ct
        );

    public Task<Result<Page<Run>>> TasksAsync(CancellationToken ct) =>
        call.Rooms.Runs.QueryAsync(call.Caller, Runs(Filter.Everything) with { Parts = RunParts.None }, ct);

    public Task<Result<Page<Model>>> ModelsAsync(CancellationToken ct) =>
        call.Rooms.Models.QueryAsync(call.Caller, new() { Projects = Ids, Lifecycle = Lifecycle.Any }, ct);

    private RunQuery Runs(Filter where) =>
        new()
        {
            Projects = Ids,
            Where = where,
            Lifecycle = where == Filter.Everything ? Lifecycle.Any : Lifecycle.Active,
        };
}
