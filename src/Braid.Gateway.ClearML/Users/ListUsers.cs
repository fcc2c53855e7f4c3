using System.Text.Json.Nodes;
using Braid.Access.Users;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Users;

/// <summary><c>users.get_all</c>; and <c>get_all_ex</c>, which can ask for those who have runs or models in projects.</summary>
internal static class ListUsers
{
    private const string projects = "active_in_projects";

    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct) =>
        ListAsync(call, _ => true, ct);

    public static async Task<Result<JsonObject>> ActiveAsync(ApiCall call, CancellationToken ct)
    {
        var ids = call.Fields.Texts(projects);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        if (ids is null)
        {
            return await HandleAsync(call, ct);
        }

        var found = await call.Rooms.Words.OwnersAsync(call.Caller, Projects(ids), ct);
        return found.TryGet(out var owners, out var error)
            ? await ListAsync(call, user => owners.Contains(user.Id), ct)
            : error;
    }

    private static async Task<Result<JsonObject>> ListAsync(ApiCall call, Func<User, bool> only, CancellationToken ct)
    {
        if (!UserQuery.Read(call.Fields).TryGet(out var query, out var wrong))
        {
            return wrong;
        }

        var found = await call.Rooms.Users.ListAsync(call.Caller, ct);
        return found.Then(users => query.Answer(users.Where(only)));
    }

    /// <summary>An empty list asks for all projects.</summary>
    private static IReadOnlyList<ProjectId>? Projects(IReadOnlyList<string?> ids) =>
        ids.Count == 0 ? null : [.. ids.Where(id => ProjectId.TryParse(id, out _)).Select(id => ProjectId.Parse(id!))];
}
