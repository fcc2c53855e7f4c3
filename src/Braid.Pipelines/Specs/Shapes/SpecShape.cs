using System.Text.Json.Nodes;
using Braid.Primitives;

namespace Braid.Pipelines.Specs.Shapes;

/// <summary>
/// Which fields a message of the spec has. It turns snake_case names into camelCase ones and refuses unknown ones; values
/// that are no message are left as they are.
/// </summary>
internal sealed class SpecShape
{
    private static readonly SpecShape value = new("", null);

    private readonly string message;
    private readonly Dictionary<string, SpecShape>? fields;

    private SpecShape(string message, Dictionary<string, SpecShape>? fields)
    {
        this.message = message;
        this.fields = fields;
    }

    /// <param name="message">The message's full name, for refusals.</param>
    /// <param name="values">The names of its fields that are no messages, separated by spaces.</param>
    /// <param name="messages">Those that are, or lists of them.</param>
    public static SpecShape Message(
        string message,
        string values,
        params ReadOnlySpan<(string Name, SpecShape Shape)> messages
    )
    {
        var fields = values
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(name => name, _ => value, StringComparer.Ordinal);
        foreach (var (name, shape) in messages)
        {
            fields.Add(name, shape);
        }

        return new(message, fields);
    }

    /// <summary>The same message with further fields that hold the message itself.</summary>
    public SpecShape Nesting(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            fields?.Add(name, this);
        }

        return this;
    }

    /// <summary>The same value with this shape's names; an array is normalised element by element.</summary>
    public Result<JsonNode?> Normalise(JsonNode? node) =>
        fields is null ? node?.DeepClone()
        : node is JsonArray list ? NormaliseList(list)
        : node is JsonObject given ? NormaliseObject(given, fields)
        : node is null ? (Result<JsonNode?>)(JsonNode?)null
        : Errors.WrongType(message, "an object");

    private Result<JsonNode?> NormaliseList(JsonArray list)
    {
        var normal = new JsonArray();
        foreach (var item in list)
        {
            if (!Normalise(item).TryGet(out var element, out var error))
            {
                return error;
            }

            normal.Add(element);
        }

        return normal;
    }

    private Result<JsonNode?> NormaliseObject(JsonObject given, Dictionary<string, SpecShape> known)
    {
        var normal = new JsonObject();
        foreach (var (name, child) in given)
        {
            var camel = CamelCase(name);
            if (!known.TryGetValue(camel, out var shape))
            {
                return Errors.UnexpectedField(name, message);
            }

            if (!shape.Normalise(child).TryGet(out var element, out var error))
            {
                return error;
            }

            normal[camel] = element;
        }

        return normal;
    }

    /// <summary>The name in protobuf's JSON, of either form.</summary>
    public static string CamelCase(string name)
    {
        var parts = name.Split('_');
        return parts[0]
            + string.Concat(parts.Skip(1).Select(p => p.Length == 0 ? "_" : char.ToUpperInvariant(p[0]) + p[1..]));
    }
}
