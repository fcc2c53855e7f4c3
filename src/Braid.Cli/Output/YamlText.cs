using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Braid.Cli.Output;

/// <summary>JSON as YAML with sorted keys.</summary>
internal static class YamlText
{
    public static string Of(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node, indent: 0, inline: false);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node, int indent, bool inline)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                WriteMap(text, map, indent, inline);
                break;
            case JsonArray { Count: > 0 } list:
                WriteList(text, list, indent);
                break;
            default:
                text.Append(Scalar(node)).Append('\n');
                break;
        }
    }

    private static void WriteMap(StringBuilder text, JsonObject map, int indent, bool inline)
    {
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(' ', inline ? 0 : indent).Append(PlainOrQuoted(key)).Append(':');
            inline = false;
            WriteValue(text, value, indent);
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, int indent)
    {
        var isBlock = value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 };
        text.Append(isBlock ? '\n' : ' ');
        // A list stands as far left as its key, the way Go's YAML writer has it.
        Write(text, value, value is JsonArray ? indent : indent + 2, inline: false);
    }

    private static void WriteList(StringBuilder text, JsonArray list, int indent)
    {
        foreach (var item in list)
        {
            text.Append(' ', indent).Append("- ");
            Write(text, item, indent + 2, inline: true);
        }
    }

    private static string Scalar(JsonNode? node) =>
        node switch
        {
            null => "null",
            JsonObject => "{}",
            JsonArray => "[]",
            _ when node.GetValueKind() == JsonValueKind.String => PlainOrQuoted(node.GetValue<string>()),
            _ => node.ToJsonString(),
        };

    private static string PlainOrQuoted(string text) => IsPlain(text) ? text : JsonValue.Create(text).ToJsonString();

    /// <summary>Nothing that YAML would read as something else than this text.</summary>
    private static bool IsPlain(string text) =>
        text.Length > 0
        && (char.IsAsciiLetter(text[0]) || text[0] is '/' or '_')
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '.' or '@' or '+')
        && text.ToLowerInvariant() is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n");
}
