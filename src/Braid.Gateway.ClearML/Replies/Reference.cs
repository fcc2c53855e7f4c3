using System.Text.Json.Nodes;

namespace Braid.Gateway.ClearML.Replies;

/// <summary>A place in the documents of one kind of thing where the id of another stands.</summary>
internal sealed class Reference
{
    private static readonly Reference company = new("company", Entity.Company);
    private static readonly Reference user = new("user", Entity.User);
    private static readonly Reference project = new("project", Entity.Project);

    private static readonly IReadOnlyList<Reference> ofTasks =
    [
        company,
        user,
        project,
        new("parent", Entity.Task),
        new("execution.queue", Entity.Queue),
        new("models.input.model", Entity.Model),
        new("models.output.model", Entity.Model),
    ];

    private static readonly IReadOnlyList<Reference> ofModels =
    [
        company,
        user,
        project,
        new("task", Entity.Task),
        new("parent", Entity.Model),
    ];

    private static readonly IReadOnlyList<Reference> ofProjects = [company, user, new("parent", Entity.Project)];
    private static readonly IReadOnlyList<Reference> ofQueues = [company, user, new("entries.task", Entity.Task)];
    private static readonly IReadOnlyList<Reference> ofUsers = [company];

    private static readonly IReadOnlyList<Reference> ofWorkers =
    [
        company,
        user,
        project,
        new("queue.next_task", Entity.Task),
        new("queues.next_task", Entity.Task),
    ];

    private readonly string[] path;

    private Reference(string path, Entity of)
    {
        this.path = path.Split('.');
        Of = of;
    }

    /// <summary>What the id is one of.</summary>
    public Entity Of { get; }

    /// <summary>From the document to the id; it leads through every element of a list.</summary>
    public ReadOnlySpan<string> Path => path;

    /// <summary>Where the documents of a kind refer to others.</summary>
    public static IReadOnlyList<Reference> In(Entity entity) =>
        entity switch
        {
            Entity.Task => ofTasks,
            Entity.Model => ofModels,
            Entity.Project => ofProjects,
            Entity.Queue => ofQueues,
            Entity.User => ofUsers,
            Entity.Worker => ofWorkers,
            _ => [],
        };

    /// <summary>The fields of a document that hold an id here, each with its id.</summary>
    public IEnumerable<(JsonObject Holder, string Id)> IdsIn(JsonObject document)
    {
        IEnumerable<JsonNode?> holders = [document];
        foreach (var name in path[..^1])
        {
            holders = holders.SelectMany(holder => Each(holder is JsonObject inner ? inner[name] : null));
        }

        foreach (var holder in holders.OfType<JsonObject>())
        {
            if (holder[path[^1]] is JsonValue value && value.TryGetValue<string>(out var id))
            {
                yield return (holder, id);
            }
        }
    }

    /// <summary>Puts the thing in the place of its id.</summary>
    public void Put(JsonObject holder, JsonObject thing) => holder[path[^1]] = thing;

    private static IEnumerable<JsonNode?> Each(JsonNode? node) =>
        node is JsonArray list ? list.AsEnumerable() : Enumerable.Repeat(node, 1);
}
