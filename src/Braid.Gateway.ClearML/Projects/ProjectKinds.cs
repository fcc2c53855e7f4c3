using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Projects;

/// <summary>Projects that hold one kind of thing: pipelines and datasets are hidden projects with a system tag, reports are tasks.</summary>
internal static class ProjectKinds
{
    public const string Pipeline = "pipeline";
    public const string Dataset = "dataset";
    public const string Report = "report";

    public static Filter IsReport { get; } = new Filter.Compare(RunFields.Type, Comparison.Equal, Report);

    /// <summary>The projects in or below which there is a pipeline, a dataset or a report that <paramref name="where"/> holds of.</summary>
    public static async Task<Result<Filter>> ContainingAsync(
        ApiCall call,
        string kind,
        Filter where,
        CancellationToken ct
    )
    {
        if (kind != Report)
        {
            var marked = new ProjectQuery { Where = new Filter.HasLabel(kind, System: true) & where };
            return await InOrAboveAsync(call, marked, ct);
        }

        var scope = new WordScope { Where = IsReport & where };
        var ids = await call.Rooms.Words.ProjectsAsync(call.Caller, Labelled.Runs, scope, ct);
        return ids.TryGet(out var projects, out var error) ? await InOrAboveAsync(call, projects, ct) : error;
    }

    /// <summary>These projects and those that they lie in.</summary>
    public static Task<Result<Filter>> InOrAboveAsync(
        ApiCall call,
        IReadOnlyList<ProjectId> projects,
        CancellationToken ct
    ) => InOrAboveAsync(call, new ProjectQuery { Ids = projects }, ct);

    private static async Task<Result<Filter>> InOrAboveAsync(ApiCall call, ProjectQuery query, CancellationToken ct)
    {
        var found = await call.Rooms.Projects.ListAsync(call.Caller, query, ct);
        return found.Select<Filter>(page => new Filter.OneOf(
            ProjectFields.Name,
            [.. page.Items.SelectMany(project => WithAncestors(project.Name)).Distinct(StringComparer.Ordinal)]
        ));
    }

    private static IEnumerable<string> WithAncestors(string name)
    {
        for (var end = name.Length; end > 0; end = name.LastIndexOf('/', end - 1))
        {
            yield return name[..end];
        }
    }
}
