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
    private const int mostRunTogether = 16;

    private static readonly (string Field, RunParts Part)[] parts =
    [
        ("hyperparams", RunParts.Parameters),
        ("last_metrics", RunParts.Metrics),
        ("execution", RunParts.Artifacts),
        ("models", RunParts.Models),
    ];

    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct) =>
        ListAsync(call, Condition.WithoutHidden(call.Fields), expand: false, ct);

    public static Task<Result<JsonObject>> WithNamesAsync(ApiCall call, CancellationToken ct) =>
        OfKindAsync(call, Condition.WithoutHidden(call.Fields), ct);

    /// <summary>As <c>get_all_ex</c>, of those tasks that <paramref name="kind"/> holds of, hidden or not.</summary>
    public static Task<Result<JsonObject>> OfKindAsync(ApiCall call, Filter kind, CancellationToken ct) =>
        ListAsync(call, kind, expand: true, ct);

    private static async Task<Result<JsonObject>> ListAsync(
        ApiCall call,
        Filter kind,
        bool expand,
        CancellationToken ct
    )
    {
        var fields = call.Fields;
        var scope = Subprojects.Read(fields);
        var listing = Listing.Read(fields, TaskWords.Vocabulary);
        var query = new RunQuery
        {
            Where = Condition.Read(fields, TaskWords.Vocabulary, scope.Field) & kind,
            Projects = scope.Roots,
            IncludeSubprojects = true,
            Ids = fields.Tasks("id"),
            OrderBy = listing.OrderBy,
            Offset = listing.Offset,
            Limit = listing.Limit,
            Parts = OldTasks.IsToday(call.Requested) ? PartsFor(listing.Projection) : RunParts.All,
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

        IReadOnlyList<JsonObject> tasks =
        [
            .. found.Items.Select(run => OldTasks.Show(TaskReply.Of(run, listing.Projection), call.Requested)),
        ];
        return expand
            ? await listing.ReplyExpandedAsync(call, Entity.Task, "tasks", tasks, ct)
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

    /// <summary>What must be read of runs to show what is asked for of their tasks.</summary>
    public static RunParts PartsFor(Projection wanted) =>
        parts.Where(part => wanted.Needs(part.Field)).Aggregate(RunParts.None, (all, part) => all | part.Part);
}
