using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Queries;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>
/// <c>tasks.get_all</c>, which running programs poll every two seconds, so it reads only what is asked for; and
/// <c>get_all_ex</c>, <c>get_by_id_ex</c>, which name what tasks refer to.
/// </summary>
internal static class ListTasks
{
    private const string project = "project";
    private const int mostRunTogether = 16;

    private static readonly (string Field, RunParts Part)[] parts =
    [
        ("hyperparams", RunParts.Parameters),
        ("last_metrics", RunParts.Metrics),
        ("execution", RunParts.Artifacts),
        ("models", RunParts.Models),
    ];

    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct) =>
        ListAsync(call, expand: false, ct);

    public static Task<Result<JsonObject>> WithNamesAsync(ApiCall call, CancellationToken ct) =>
        ListAsync(call, expand: true, ct);

    private static async Task<Result<JsonObject>> ListAsync(ApiCall call, bool expand, CancellationToken ct)
    {
        var fields = call.Fields;
        var roots = Roots(fields);
        var listing = Listing.Read(fields, TaskWords.Vocabulary);
        var query = new RunQuery
        {
            Where = ReadCondition(fields, roots) & Condition.WithoutHidden(fields),
            Projects = roots,
            IncludeSubprojects = roots is not null,
            Ids = fields.Tasks("id"),
            OrderBy = listing.OrderBy,
            Offset = listing.Offset,
            Limit = listing.Limit,
            Parts = Parts(listing),
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        NoteSigns(call, query.Ids ?? []);
        var page = await call.Rooms.Runs.QueryAsync(call.Caller, query, ct);
        if (!page.TryGet(out var found, out var error))
        {
            return error;
        }

        IReadOnlyList<JsonObject> tasks = [.. found.Items.Select(TaskReply.Of)];
        return expand && await References.ExpandAsync(call, tasks, ct) is { } refused
            ? refused
            : listing.Reply("tasks", tasks);
    }

    /// <summary>
    /// An agent that runs a task asks for it by its id, every few seconds. Others ask too, who wait for a task to end: they say nothing of
    /// who runs it.
    /// </summary>
    private static void NoteSigns(ApiCall call, IReadOnlyList<RunId> ids)
    {
        var isAgent = call.Http.Request.Headers.ClearML("Agent") is not null;
        foreach (var id in isAgent && ids.Count <= mostRunTogether ? ids : [])
        {
            call.Rooms.Signs.Note(id);
        }
    }

    private static RunParts Parts(Listing listing) =>
        parts
            .Where(part => listing.Projection.Needs(part.Field))
            .Aggregate(RunParts.None, (all, part) => all | part.Part);

    /// <summary>With sub-projects, the projects are roots of subtrees and no longer values of a field.</summary>
    private static IReadOnlyList<ProjectId>? Roots(Fields fields) =>
        fields.Flag("include_subprojects") == true && fields.Has(project)
            ? [.. fields.Names(project).Where(id => ProjectId.TryParse(id, out _)).Select(ProjectId.Parse)]
            : null;

    private static Filter ReadCondition(Fields fields, IReadOnlyList<ProjectId>? roots) =>
        Condition.Read(fields, TaskWords.Vocabulary, except: roots is null ? null : project);
}
