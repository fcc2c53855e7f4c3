using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Braid.Gateway.ClearML.Queries;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Projects;

namespace Braid.Gateway.ClearML.Projects;

/// <summary><c>projects.get_all</c>: searches the whole tree, or what is below or directly in a parent.</summary>
internal static class ListProjects
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var where = Condition.Read(fields, ProjectWords.Vocabulary) & Condition.WithoutHidden(fields);
        var listing = Listing.Read(fields, ProjectWords.Vocabulary);
        var place = await PlaceAsync(call, ct);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var query = new ProjectQuery
        {
            Where = where & place,
            Ids = Ids(fields),
            OrderBy = listing.OrderBy,
            Offset = listing.Offset,
            Limit = listing.Limit,
        };
        var page = await call.Rooms.Projects.ListAsync(call.Caller, query, ct);
        return page.Select(found => listing.Reply("projects", [.. found.Items.Select(ProjectReply.Of)]));
    }

    private static IReadOnlyList<ProjectId>? Ids(Fields fields) =>
        fields.Has("id")
            ? [.. fields.Names("id").Where(id => ProjectId.TryParse(id, out _)).Select(ProjectId.Parse)]
            : null;

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
