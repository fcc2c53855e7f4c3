using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Braid.Gateway.ClearML.Queries;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Projects;

namespace Braid.Gateway.ClearML.Projects;

/// <summary>
/// <c>projects.get_all</c>: searches the whole tree, or what is below or directly in a parent; and <c>get_all_ex</c>, which also
/// counts what is in each project.
/// </summary>
internal static class ListProjects
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var listing = Listing.Read(call.Fields, ProjectWords.Vocabulary);
        var page = await FindAsync(call, listing, Filter.Everything, ct);
        return page.Select(found => listing.Reply("projects", Documents(call, found.Items)));
    }

    public static async Task<Result<JsonObject>> WithStatsAsync(ApiCall call, CancellationToken ct)
    {
        var listing = Listing.Read(call.Fields, ProjectWords.Vocabulary);
        var kind = await OfKindAsync(call, ct);
        if (!kind.TryGet(out var ofKind, out var refused))
        {
            return refused;
        }

        var page = await FindAsync(call, listing, ofKind, ct);
        if (!page.TryGet(out var found, out var error))
        {
            return error;
        }

        var documents = Documents(call, found.Items);
        return await ProjectDetails.AddAsync(call, found.Items, documents, ct) is { } unread
            ? unread
            : listing.Reply("projects", documents);
    }

    private static async Task<Result<Page<Project>>> FindAsync(
        ApiCall call,
        Listing listing,
        Filter also,
        CancellationToken ct
    )
    {
        var fields = call.Fields;
        var where = Condition.Read(fields, ProjectWords.Vocabulary) & Condition.WithoutHidden(fields);
        var place = await PlaceAsync(call, ct);
        var path = fields.Names("path") is { Count: > 0 } above ? await BelowAsync(call, above, ct) : Filter.Everything;
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var query = new ProjectQuery
        {
            Where = where & place & path & also,
            Ids = Ids(fields),
            OrderBy = listing.OrderBy,
            Offset = listing.Offset,
            Limit = listing.Limit,
        };
        return await call.Rooms.Projects.ListAsync(call.Caller, query, ct);
    }

    /// <summary>With hidden ones asked for, each that is hidden says so.</summary>
    private static IReadOnlyList<JsonObject> Documents(ApiCall call, IReadOnlyList<Project> projects)
    {
        var marksHidden = call.Fields.Flag("search_hidden") == true;
        return
        [
            .. projects.Select(project =>
            {
                var document = ProjectReply.Of(project);
                if (marksHidden && project.SystemLabels.Contains(SystemTags.Hidden))
                {
                    document["hidden"] = true;
                }

                return document;
            }),
        ];
    }

    private static IReadOnlyList<ProjectId>? Ids(Fields fields) =>
        fields.Has("id")
            ? [.. fields.Names("id").Where(id => ProjectId.TryParse(id, out _)).Select(ProjectId.Parse)]
            : null;

    /// <summary><c>children_type</c>, with <c>children_tags</c> that those children have.</summary>
    private static async Task<Result<Filter>> OfKindAsync(ApiCall call, CancellationToken ct)
    {
        var tags = ListCondition.Parse(call.Fields.Texts("children_tags") ?? [], Listed.Labels(system: false));
        if (!tags.TryGet(out var tagged, out var bad))
        {
            return bad;
        }

        return call.Fields.Text("children_type") is { } kind
            ? await ProjectKinds.ContainingAsync(call, kind, tagged, ct)
            : Filter.Everything;
    }

    /// <summary>Directly in the parent (or at the top) when the search is shallow, else anywhere below it.</summary>
    private static async Task<Filter> PlaceAsync(ApiCall call, CancellationToken ct)
    {
        var isShallow = call.Fields.Flag("shallow_search") == true;
        var parents = call.Fields.Names("parent");
        if (parents.Count == 0)
        {
            return isShallow ? new Filter.Missing(ProjectFields.Parent) : Filter.Everything;
        }

        return isShallow ? new Filter.OneOf(ProjectFields.Parent, parents) : await BelowAsync(call, parents, ct);
    }

    private static async Task<Filter> BelowAsync(ApiCall call, IReadOnlyList<string> parents, CancellationToken ct)
    {
        var below = new List<Filter>();
        foreach (var text in parents)
        {
            var found = ProjectId.TryParse(text, out var id)
                ? await call.Rooms.Projects.GetAsync(call.Caller, id, ct)
                : Errors.NoSuchProject(text);
            if (found.IsOk)
            {
                below.Add(new Filter.Matches(ProjectFields.Name, $"^{Regex.Escape(found.Value.Name)}/"));
            }
        }

        return new Filter.Any(below);
    }
}
