using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Projects;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Routing;

/// <summary>Calls that change all of <c>ids</c> alike, and stop at the first that cannot be changed.</summary>
internal static class AllAlike
{
    /// <summary>To another project, made when it is named and there is none.</summary>
    /// <param name="move">Moves one thing; why not, or null.</param>
    public static async Task<Result<JsonObject>> MoveAsync(
        ApiCall call,
        Func<string, ProjectId, Task<Error?>> move,
        CancellationToken ct
    )
    {
        var fields = call.Fields;
        var ids = fields.Names("ids");
        var project = fields.OptionalProject("project");
        var name = fields.Text("project_name");
        if (project is null && string.IsNullOrEmpty(name))
        {
            fields.Refuse(Errors.MissingField("project"));
        }

        if (fields.Problem is { } problem)
        {
            return problem;
        }

        if (project is null)
        {
            var ensured = await call.Rooms.Projects.EnsureAsync(call.Caller, name ?? "", ct);
            if (!ensured.TryGet(out var found, out var error))
            {
                return error;
            }

            project = found.Id;
        }

        return await ForEachAsync(ids, id => move(id, project.Value)) is { } refused
            ? refused
            : new JsonObject { ["project_id"] = project.ToString(), ["moved"] = ids.Count };
    }

    /// <summary>Adds and removes labels.</summary>
    /// <param name="label">Changes the labels of one thing; why not, or null.</param>
    public static async Task<Result<JsonObject>> LabelAsync(
        ApiCall call,
        Func<string, Func<IReadOnlyList<string>, IReadOnlyList<string>>, Task<Error?>> label
    )
    {
        var fields = call.Fields;
        var (ids, added, removed) = (fields.Names("ids"), fields.Names("add_tags"), fields.Names("remove_tags"));
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        return await ForEachAsync(ids, id => label(id, old => [.. old.Except(removed).Union(added)])) is { } refused
            ? refused
            : new JsonObject { ["updated"] = ids.Count };
    }

    private static async Task<Error?> ForEachAsync(IReadOnlyList<string> ids, Func<string, Task<Error?>> change)
    {
        foreach (var id in ids)
        {
            if (await change(id) is { } refused)
            {
                return refused;
            }
        }

        return null;
    }
}
