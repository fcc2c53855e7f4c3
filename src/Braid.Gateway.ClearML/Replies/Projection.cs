using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Queries;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Replies;

/// <summary>
/// <c>only_fields</c>: keeps the paths asked for, with MongoDB's semantics. <c>id</c> always stays; an object on the way to
/// a missing leaf stays as <c>{}</c>; a path goes through every element of a list; <c>-path</c> removes instead.
/// </summary>
internal sealed class Projection
{
    private readonly IReadOnlyList<string[]> kept;
    private readonly IReadOnlyList<string[]> removed;

    private Projection(IReadOnlyList<string[]> kept, IReadOnlyList<string[]> removed)
    {
        this.kept = kept;
        this.removed = removed;
    }

    /// <summary>Keeps all.</summary>
    public static Projection Everything { get; } = new([], []);

    /// <param name="paths">As sent; empty keeps everything.</param>
    /// <param name="known">The names that may stand first in a path.</param>
    public static Result<Projection> Parse(IReadOnlyList<string> paths, IReadOnlySet<string> known)
    {
        var removed = paths.Where(path => path.StartsWith('-')).Select(path => Split(path[1..])).ToList();
        var kept = paths.Where(path => !path.StartsWith('-')).Select(Split).ToList();
        var unknown = kept.Concat(removed).Select(path => path[0]).Where(name => !known.Contains(name)).ToList();
        return unknown.Count > 0 ? Errors.UnknownFields(string.Join(", ", unknown)) : new Projection(kept, removed);
    }

    /// <summary>Keeps what any of them keeps.</summary>
    public static Projection Union(IEnumerable<Projection> all) =>
        all.ToList() is var several && several.Count == 1
            ? several[0]
            : new([.. several.SelectMany(one => one.kept)], []);

    /// <summary>False when nothing under the top-level name is asked for, so that it need not be read.</summary>
    public bool Needs(string name) => kept.Count == 0 || kept.Any(path => path[0] == name);

    /// <summary>True when single things under the top-level name are asked for, not all of them.</summary>
    public bool PicksFrom(string name) => kept.Any(path => path[0] == name && path.Length > 1);

    /// <summary>
    /// What is asked for of the thing whose id stands at a place: its id and name, unless paths go on below; null when the place
    /// itself is not asked for.
    /// </summary>
    public Projection? Below(ReadOnlySpan<string> place)
    {
        var (isWhole, below) = (kept.Count == 0, new List<string[]>());
        foreach (var path in kept)
        {
            isWhole |= place.StartsWith(path);
            if (path.Length > place.Length && path.AsSpan().StartsWith(place))
            {
                below.Add(path[place.Length..]);
            }
        }

        foreach (var path in removed)
        {
            if (place.StartsWith(path))
            {
                return null;
            }
        }

        return isWhole || below.Count > 0
            ? new(
                isWhole
                    ?
                    [
                        ["id"],
                        ["name"],
                        .. below,
                    ]
                    :
                    [
                        ["id"],
                        .. below,
                    ],
                []
            )
            : null;
    }

    public JsonObject Apply(JsonObject document) => Apply(document, keepsIds: false);

    /// <summary>As <see cref="Apply(JsonObject)"/>, but an id stays where paths lead on into the thing that has it.</summary>
    public JsonObject ApplyKeepingIds(JsonObject document) => Apply(document, keepsIds: true);

    private JsonObject Apply(JsonObject document, bool keepsIds)
    {
        var result =
            kept.Count == 0
                ? document
                : Keep(
                    document,
                    [
                        ["id"],
                        .. kept,
                    ],
                    keepsIds
                );
        foreach (var path in removed)
        {
            Remove(result, path);
        }

        return result;
    }

    private static string[] Split(string path) => [.. path.Split('.').Select(EscapedName.Read)];

    private static JsonObject Keep(JsonObject document, IReadOnlyList<string[]> paths, bool keepsIds)
    {
        var result = new JsonObject();
        foreach (var byName in paths.GroupBy(path => path[0], StringComparer.Ordinal))
        {
            if (
                document.TryGetPropertyValue(byName.Key, out var value)
                && KeepIn(value, byName, keepsIds) is (true, var part)
            )
            {
                result.Add(byName.Key, part);
            }
        }

        return result;
    }

    /// <summary>What stays of one value; nothing when the paths go on below something that is no container.</summary>
    private static (bool Stays, JsonNode? Part) KeepIn(JsonNode? value, IEnumerable<string[]> paths, bool keepsIds)
    {
        var below = paths.Select(path => path[1..]).ToList();
        if (below.Exists(path => path.Length == 0))
        {
            return (true, value?.DeepClone());
        }

        return value switch
        {
            JsonObject inner => (true, Keep(inner, below, keepsIds)),
            JsonArray list => (
                true,
                new JsonArray([.. list.OfType<JsonObject>().Select(item => Keep(item, below, keepsIds))])
            ),
            JsonValue id when keepsIds => (true, id.DeepClone()),
            _ => (false, null),
        };
    }

    private static void Remove(JsonNode? node, ReadOnlySpan<string> path)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Remove(item, path);
            }
        }
        else if (node is JsonObject inner && path.Length > 1)
        {
            Remove(inner[path[0]], path[1..]);
        }
        else
        {
            (node as JsonObject)?.Remove(path[0]);
        }
    }
}
