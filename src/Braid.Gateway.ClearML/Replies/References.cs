using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Projects;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Replies;

/// <summary>
/// What the <c>..._ex</c> forms add: where a document names another by its id, it gets <c>{id, name}</c> instead. One query for
/// each kind of thing that a page names, whatever the page's length. What is gone keeps its id only.
/// </summary>
internal static class References
{
    /// <summary>Expands the references of tasks and models, in place.</summary>
    public static async Task<Error?> ExpandAsync(
        ApiCall call,
        IReadOnlyList<JsonObject> documents,
        CancellationToken ct
    )
    {
        var projects = Slots(documents, "project");
        var tasks = Slots(documents, "parent").Concat(Slots(documents, "task")).ToList();
        var queues = documents.SelectMany(document => Slots(document["execution"], "queue")).ToList();
        var models = documents.SelectMany(Links).SelectMany(link => Slots(link, "model")).ToList();
        foreach (var slot in Slots(documents, "company"))
        {
            slot.Put(Contract.CompanyName);
        }

        return await NameAsync(Slots(documents, "user"), ids => UsersAsync(call, ids, ct))
            ?? await NameAsync(projects, ids => ProjectsAsync(call, ids, ct))
            ?? await NameAsync(tasks, ids => TasksAsync(call, ids, ct))
            ?? await NameAsync(queues, ids => QueuesAsync(call, ids, ct))
            ?? await NameAsync(models, ids => ModelsAsync(call, ids, ct));
    }

    /// <summary>Who is no user (a job, somebody who was deleted) is called by the id.</summary>
    private static async Task<Result<IEnumerable<(string, string)>>> UsersAsync(
        ApiCall call,
        IReadOnlyList<string> ids,
        CancellationToken ct
    )
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (call.Caller.MaySeeUsers() is null)
        {
            var found = await call.Rooms.Users.ListAsync(call.Caller, ct);
            if (!found.TryGet(out var users, out var error))
            {
                return error;
            }

            names = users.ToDictionary(user => user.Id, user => user.Name, StringComparer.Ordinal);
        }

        return Result.Ok(ids.Select(id => (id, names.GetValueOrDefault(id, id))));
    }

    private static async Task<Result<IEnumerable<(string, string)>>> ProjectsAsync(
        ApiCall call,
        IReadOnlyList<string> ids,
        CancellationToken ct
    )
    {
        var query = new ProjectQuery { Ids = [.. ids.Select(ProjectId.Parse)] };
        var found = await call.Rooms.Projects.ListAsync(call.Caller, query, ct);
        return found.Select(page => page.Items.Select(project => (project.Id.ToString(), project.Name)));
    }

    private static async Task<Result<IEnumerable<(string, string)>>> TasksAsync(
        ApiCall call,
        IReadOnlyList<string> ids,
        CancellationToken ct
    )
    {
        var found = await call.Rooms.Runs.GetManyAsync(call.Caller, [.. ids.Select(RunId.Parse)], RunParts.None, ct);
        return found.Select(runs => runs.Select(run => (run.Id.ToString(), run.Name)));
    }

    private static async Task<Result<IEnumerable<(string, string)>>> QueuesAsync(
        ApiCall call,
        IReadOnlyList<string> ids,
        CancellationToken ct
    )
    {
        var query = new QueueQuery { Ids = [.. ids.Select(QueueId.Parse)], MostEntries = 0 };
        var found = await call.Rooms.Queues.ListAsync(call.Caller, query, ct);
        return found.Select(page => page.Items.Select(queue => (queue.Id.ToString(), queue.Name)));
    }

    private static async Task<Result<IEnumerable<(string, string)>>> ModelsAsync(
        ApiCall call,
        IReadOnlyList<string> ids,
        CancellationToken ct
    )
    {
        var query = new ModelQuery { Ids = [.. ids.Select(ModelId.Parse)] };
        var found = await call.Rooms.Models.QueryAsync(call.Caller, query, ct);
        return found.Select(page => page.Items.Select(model => (model.Id.ToString(), model.Name)));
    }

    private static async Task<Error?> NameAsync(
        IReadOnlyList<Slot> slots,
        Func<IReadOnlyList<string>, Task<Result<IEnumerable<(string Id, string Name)>>>> find
    )
    {
        if (slots.Count == 0)
        {
            return null;
        }

        var found = await find([.. slots.Select(slot => slot.Id).Distinct()]);
        if (!found.TryGet(out var things, out var error))
        {
            return error;
        }

        var names = things.ToDictionary(thing => thing.Id, thing => thing.Name, StringComparer.Ordinal);
        foreach (var slot in slots)
        {
            slot.Put(names.GetValueOrDefault(slot.Id));
        }

        return null;
    }

    private static List<Slot> Slots(IEnumerable<JsonObject> documents, string field) =>
        [.. documents.SelectMany(document => Slots(document, field))];

    private static IEnumerable<Slot> Slots(JsonNode? node, string field) =>
        node is JsonObject document && document[field] is JsonValue value && value.TryGetValue<string>(out var id)
            ? [new(document, field, id)]
            : [];

    private static IEnumerable<JsonNode?> Links(JsonObject document) =>
        document["models"] is JsonObject models ? models.SelectMany(kind => kind.Value?.AsArray() ?? []) : [];

    /// <summary>A field that holds an id.</summary>
    private sealed record Slot(JsonObject Document, string Field, string Id)
    {
        public void Put(string? name) =>
            Document[Field] = new JsonObject { ["id"] = Id, ["name"] = name }.WithoutNulls();
    }
}
