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
        var active = await ActiveUsers.ProjectsAsync(call, ct);
        if ((kind.Error ?? active.Error) is { } refused)
        {
            return refused;
        }

        var page = await FindAsync(call, listing, kind.Value & active.Value, ct);
        if (!page.TryGet(out var found, out var error))
        {
            return error;
        }

        var documents = Documents(call, found.Items);
        return await ProjectDetails.AddAsync(call, listing.Projection, found.Items, documents, ct) is { } unread
            ? unread
            : await listing.ReplyExpandedAsync(call, Entity.Project, "projects", documents, ct);
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
        var ids = fields.Ids("id", id => new ProjectId(id));
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var query = new ProjectQuery
        {
            Where = where & place & path & also,
            Ids = ids,
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

    /// <summary><c>children_type</c>, with <c>children_tags</c> or a <c>children_tags_filter</c> that holds of those children.</summary>
    private static async Task<Result<Filter>> OfKindAsync(ApiCall call, CancellationToken ct)
    {
        var (fields, labels) = (call.Fields, Listed.Labels(system: false));
        var tags = ListCondition.Parse(fields.Texts("children_tags") ?? [], labels);
        var filter = ListCondition.Parse(fields.Object("children_tags_filter") ?? [], labels);
        var kind = fields.Text("children_type");
        if ((fields.Problem ?? tags.Error ?? filter.Error) is { } bad)
        {
            return bad;
        }

        return kind is null
            ? Filter.Everything
            : await ProjectKinds.ContainingAsync(call, kind, tags.Value & filter.Value, ct);
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
