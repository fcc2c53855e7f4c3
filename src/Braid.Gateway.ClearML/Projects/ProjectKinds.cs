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
        var found = kind == Report ? await OfReportsAsync(call, where, ct) : await MarkedAsync(call, kind, where, ct);
        return found.Select<Filter>(names => new Filter.OneOf(
            ProjectFields.Name,
            [.. names.SelectMany(WithAncestors).Distinct(StringComparer.Ordinal)]
        ));
    }

    private static async Task<Result<IEnumerable<string>>> MarkedAsync(
        ApiCall call,
        string mark,
        Filter where,
        CancellationToken ct
    )
    {
        var query = new ProjectQuery { Where = new Filter.HasLabel(mark, System: true) & where };
        var page = await call.Rooms.Projects.ListAsync(call.Caller, query, ct);
        return page.Select(found => found.Items.Select(project => project.Name));
    }

    private static async Task<Result<IEnumerable<string>>> OfReportsAsync(
        ApiCall call,
        Filter where,
        CancellationToken ct
    )
    {
        var scope = new WordScope { Where = IsReport & where };
        var ids = await call.Rooms.Words.ProjectsAsync(call.Caller, Labelled.Runs, scope, ct);
        if (!ids.TryGet(out var projects, out var error))
        {
            return error;
        }

        var page = await call.Rooms.Projects.ListAsync(call.Caller, new() { Ids = projects }, ct);
        return page.Select(found => found.Items.Select(project => project.Name));
    }

    private static IEnumerable<string> WithAncestors(string name)
    {
        for (var end = name.Length; end > 0; end = name.LastIndexOf('/', end - 1))
        {
            yield return name[..end];
        }
    }
}
