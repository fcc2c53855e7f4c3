using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Replies;

/// <summary>
/// What the <c>..._ex</c> forms add: where a document names another thing by its id, it gets <c>{id, name}</c> instead, or the id
/// and what <c>only_fields</c> asks for below it (<c>parent.status</c>, <c>parent.project.name</c>):
/// <list type="number">
/// <item>keep of each document what is asked for;</item>
/// <item>read the things that the page refers to, by one question for each kind of them, whatever the page's length;</item>
/// <item>do the same to what those refer to, where that is asked for;</item>
/// <item>put each in the place of its id. What is gone keeps its id only.</item>
/// </list>
/// </summary>
internal static class References
{
    /// <summary>How many references a path may follow: each is one more round of questions.</summary>
    private const int mostFollowed = 4;

    /// <summary>The documents with what is asked for of them and of what they refer to.</summary>
    public static Task<Result<IReadOnlyList<JsonObject>>> ExpandAsync(
        ApiCall call,
        Entity entity,
        IReadOnlyList<JsonObject> documents,
        Projection projection,
        CancellationToken ct
    ) => ExpandAsync(call, entity, documents, projection, mostFollowed, ct);

    private static async Task<Result<IReadOnlyList<JsonObject>>> ExpandAsync(
        ApiCall call,
        Entity entity,
        IReadOnlyList<JsonObject> documents,
        Projection projection,
        int left,
        CancellationToken ct
    )
    {
        IReadOnlyList<JsonObject> shown = [.. documents.Select(projection.ApplyKeepingIds)]; // 1
        foreach (var kind in Asked(entity, projection).GroupBy(one => one.Reference.Of))
        {
            if (left == 0)
            {
                return Errors.InvalidField("only_fields", $"paths through {mostFollowed} references at most");
            }

            var slots = kind.SelectMany(one => Slots(one, shown)).ToList();
            var found = await ThingsAsync(call, kind.Key, slots, left, ct); // 2, 3
            if (!found.TryGet(out var things, out var error))
            {
                return error;
            }

            foreach (var slot in slots)
            {
                slot.Put(things.GetValueOrDefault(slot.Id)); // 4
            }
        }

        return Result.Ok(shown);
    }

    private static IEnumerable<(Reference Reference, Projection Wanted)> Asked(Entity entity, Projection projection) =>
        Reference
            .In(entity)
            .Select(reference => (reference, projection.Below(reference.Path)))
            .Where(one => one.Item2 is not null)
            .Select(one => (one.reference, one.Item2!));

    private static IEnumerable<Slot> Slots(
        (Reference Reference, Projection Wanted) one,
        IReadOnlyList<JsonObject> documents
    ) =>
        documents
            .SelectMany(one.Reference.IdsIn)
            .Select(found => new Slot(one.Reference, one.Wanted, found.Holder, found.Id));

    /// <summary>The things that slots refer to, by id, with what they refer to themselves.</summary>
    private static async Task<Result<Dictionary<string, JsonObject>>> ThingsAsync(
        ApiCall call,
        Entity entity,
        List<Slot> slots,
        int left,
        CancellationToken ct
    )
    {
        if (slots.Count == 0)
        {
            return new Dictionary<string, JsonObject>();
        }

        var wanted = Projection.Union(slots.Select(slot => slot.Wanted).Distinct());
        IReadOnlyList<string> ids = [.. slots.Select(slot => slot.Id).Distinct(StringComparer.Ordinal)];
        var read = await ReferredThings.ReadAsync(call, entity, ids, wanted, ct); // 2
        if (!read.TryGet(out var found, out var error))
        {
            return error;
        }

        var expanded = await ExpandAsync(call, entity, found, wanted, left - 1, ct); // 3
        return expanded.Select(things =>
            things.ToDictionary(thing => thing["id"]!.GetValue<string>(), StringComparer.Ordinal)
        );
    }

    /// <summary>A field that holds an id, and what is asked for of the thing that has it.</summary>
    private sealed record Slot(Reference Reference, Projection Wanted, JsonObject Holder, string Id)
    {
        public void Put(JsonObject? thing) =>
            Reference.Put(Holder, thing?.DeepClone().AsObject() ?? new JsonObject { ["id"] = Id });
    }
}
