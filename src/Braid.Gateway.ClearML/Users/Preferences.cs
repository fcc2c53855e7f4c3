using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Users;

/// <summary>
/// <c>users.get_preferences</c> and <c>set_preferences</c>: each name that is sent is set, the others stay; dots in a name are
/// a path (<c>"tables.runs.width": 3</c>).
/// </summary>
internal static class Preferences
{
    /// <summary>Levels of objects and lists, one in another.</summary>
    public const int Deepest = 32;

    private const string field = "preferences";

    public static async Task<Result<JsonObject>> GetAsync(ApiCall call, CancellationToken ct)
    {
        var found = await call.Rooms.Users.GetPreferencesAsync(call.Caller, ct);
        return found.Select(Reply);
    }

    public static async Task<Result<JsonObject>> SetAsync(ApiCall call, CancellationToken ct)
    {
        var isReturned = call.Fields.Flag("return_updated") ?? true;
        if (!Read(call.Fields).TryGet(out var sent, out var problem))
        {
            return problem;
        }

        var changed = await call.Rooms.Users.ChangePreferencesAsync(call.Caller, old => Merge(old, sent), ct);
        return changed.Select(preferences => new JsonObject
        {
            ["updated"] = 1,
            ["fields"] = isReturned ? Reply(preferences) : [],
        });
    }

    private static Result<JsonObject> Read(Fields fields)
    {
        var sent = fields.Object(field);
        return fields.Problem is { } problem ? problem
            : sent is null ? Errors.MissingField(field)
            : Check(sent) is { } wrong ? wrong
            : sent;
    }

    private static JsonObject Reply(string preferences) => new() { [field] = Documents.ParseObject(preferences) };

    private static string Merge(string old, JsonObject sent)
    {
        var preferences = Documents.ParseObject(old);
        foreach (var (name, value) in sent)
        {
            Set(preferences, name.Split('.'), value);
        }

        return preferences.ToJsonString();
    }

    private static void Set(JsonObject preferences, string[] path, JsonNode? value)
    {
        var place = preferences;
        foreach (var name in path[..^1])
        {
            if (place[name] is not JsonObject inner)
            {
                place[name] = inner = [];
            }

            place = inner;
        }

        place[path[^1]] = value?.DeepClone();
    }

    private static Error? Check(JsonObject sent)
    {
        foreach (var (name, value) in sent)
        {
            var path = name.Split('.');
            if (path.Length > Deepest || !path.All(IsName) || !IsFit(value, path.Length))
            {
                return Errors.BadPreference(name.Length > 100 ? name[..100] : name);
            }
        }

        return null;
    }

    /// <param name="depth">Of the object or list that holds the value.</param>
    private static bool IsFit(JsonNode? value, int depth) =>
        value switch
        {
            JsonObject inner => depth < Deepest
                && inner.All(field => IsName(field.Key) && !field.Key.Contains('.') && IsFit(field.Value, depth + 1)),
            JsonArray list => depth < Deepest && list.All(item => IsFit(item, depth + 1)),
            _ => true,
        };

    private static bool IsName(string name) => name.Length > 0 && name[0] != '$';
}
