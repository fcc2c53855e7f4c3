using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Clusters;

/// <summary>
/// Reads <c>key=value</c>, several with a semicolon between, or a JSON object of texts. Keys and values may be quoted: in double
/// quotes with escapes, in single quotes as they are.
/// </summary>
internal static class KeyValues
{
    /// <exception cref="Failure">It is not one pair.</exception>
    public static (string Key, string Value) One(string text) =>
        Parse(text) is [var one] ? one : throw new Failure($"\"{text}\" is not one key=value");

    /// <exception cref="Failure">It is neither pairs nor a JSON object, or a key comes twice.</exception>
    public static Dictionary<string, string> Many(string text)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in text.TrimStart().StartsWith('{') ? OfJson(text) : Parse(text))
        {
            if (!result.TryAdd(key, value))
            {
                throw new Failure($"duplicate key \"{key}\"");
            }
        }

        return result;
    }

    private static List<(string Key, string Value)> OfJson(string text)
    {
        try
        {
            return [.. (JsonNode.Parse(text) as JsonObject ?? []).Select(pair => (pair.Key, Text(pair.Value)))];
        }
        catch (JsonException error)
        {
            throw new Failure($"cannot read {text} as JSON: {error.Message}");
        }
    }

    private static string Text(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String
            ? node.GetValue<string>()
            : throw new Failure($"values must be texts, but {node?.ToJsonString() ?? "null"} is none");

    private static List<(string Key, string Value)> Parse(string text)
    {
        var pairs = new List<(string, string)>();
        for (var at = 0; at < text.Length; at++)
        {
            var key = Part(text, ref at, '=');
            if (at >= text.Length)
            {
                throw new Failure($"\"{text}\" is not key=value");
            }

            at++;
            pairs.Add((key, Part(text, ref at, ';')));
        }

        return pairs;
    }

    /// <summary>Reads up to the mark, which may stand in quotes.</summary>
    private static string Part(string text, ref int at, char end)
    {
        var start = at;
        if (at < text.Length && text[at] is '"' or '\'')
        {
            var quote = text[at++];
            while (at < text.Length && text[at] != quote)
            {
                at += quote == '"' && text[at] == '\\' ? 2 : 1;
            }

            at++;
            if (at > text.Length || (at < text.Length && text[at] != end))
            {
                throw new Failure($"{text[start..]}: a quote is not closed, or something follows it");
            }

            var quoted = text[start..at];
            return quote == '"' ? Unescaped(quoted) : quoted[1..^1];
        }

        while (at < text.Length && text[at] != end)
        {
            at++;
        }

        return text[start..at];
    }

    private static string Unescaped(string quoted)
    {
        try
        {
            return JsonNode.Parse(quoted)?.GetValue<string>() ?? "";
        }
        catch (JsonException error)
        {
            throw new Failure($"cannot read {quoted}: {error.Message}");
        }
    }
}
