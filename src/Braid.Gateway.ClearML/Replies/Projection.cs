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

    /// <summary>False when nothing under the top-level name is asked for, so that it need not be read.</summary>
    public bool Needs(string name) => kept.Count == 0 || kept.Any(path => path[0] == name);

    public JsonObject Apply(JsonObject document)
    {
        var result =
            kept.Count == 0
                ? document
                : Keep(
                    document,
                    [
                        ["id"],
                        .. kept,
                    ]
                );
        foreach (var path in removed)
        {
            Remove(result, path);
        }

        return result;
    }

    private static string[] Split(string path) => [.. path.Split('.').Select(EscapedName.Read)];

    private static JsonObject Keep(JsonObject document, IReadOnlyList<string[]> paths)
    {
        var result = new JsonObject();
        foreach (var byName in paths.GroupBy(path => path[0], StringComparer.Ordinal))
        {
            if (document.TryGetPropertyValue(byName.Key, out var value) && KeepIn(value, byName) is (true, var part))
            {
                result.Add(byName.Key, part);
            }
        }

        return result;
    }

    /// <summary>What stays of one value; nothing when the paths go on below something that is no container.</summary>
    private static (bool Stays, JsonNode? Part) KeepIn(JsonNode? value, IEnumerable<string[]> paths)
    {
        var below = paths.Select(path => path[1..]).ToList();
        if (below.Exists(path => path.Length == 0))
        {
            return (true, value?.DeepClone());
        }

        return value switch
        {
            JsonObject inner => (true, Keep(inner, below)),
            JsonArray list => (true, new JsonArray([.. list.OfType<JsonObject>().Select(item => Keep(item, below))])),
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
