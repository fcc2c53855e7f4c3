using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Queries;
using Braid.Gateway.ClearML.Requests;

namespace Braid.Gateway.ClearML.Organization.Downloads;

/// <summary>A column of a file: its name, the path to its values in a document, and words to show instead of some values.</summary>
internal sealed record DownloadColumn(
    string Name,
    IReadOnlyList<string> Path,
    IReadOnlyDictionary<string, string> Words
)
{
    /// <summary><c>field_mappings</c>: <c>[{field, name, values:[{key, value}]}]</c>, of which there must be some.</summary>
    public static IReadOnlyList<DownloadColumn> ReadAll(Fields fields)
    {
        const string mappings = "field_mappings";
        var columns = fields.Objects(mappings).Select(item => Read(fields, new(item))).ToList();
        if (columns.Count == 0)
        {
            fields.Refuse(Errors.MissingField(mappings));
        }

        return columns;
    }

    /// <summary>The value in a document, as text; empty when there is none.</summary>
    public string ValueIn(JsonObject document)
    {
        JsonNode? at = document;
        foreach (var name in Path)
        {
            at = (at as JsonObject)?[name];
        }

        var text = Text(at);
        return Words.GetValueOrDefault(text, text);
    }

    private static DownloadColumn Read(Fields fields, Fields item)
    {
        var field = item.RequiredText("field");
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in item.Objects("values").Select(value => new Fields(value)))
        {
            words[value.Text("key") ?? ""] = value.Text("value") ?? "";
        }

        if (item.Problem is { } problem)
        {
            fields.Refuse(problem);
        }

        return new(item.Text("name") ?? field, [.. field.Split('.').Select(EscapedName.Read)], words);
    }

    private static string Text(JsonNode? node) =>
        node switch
        {
            null => "",
            JsonValue value => Fields.AsText(value),
            JsonArray list => string.Join(", ", list.Select(Text)),
            _ => node.ToJsonString(),
        };
}
