using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Braid.Gateway.Web.Tests.Shapes;

/// <summary>Answers as TypeScript, of which nothing is kept that differs from one run of the test to the next.</summary>
internal sealed partial class GoldenAnswers
{
    /// <summary>Of a list, which may be as long as it likes.</summary>
    private const int mostItems = 2;

    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true };
    private readonly SortedDictionary<string, SortedSet<string>> imports = new(StringComparer.Ordinal);
    private readonly StringBuilder values = new();
    private int count;

    /// <param name="module">The file that has the type.</param>
    /// <param name="type">As TypeScript writes it.</param>
    public async Task AddAsync(WebHost host, string module, string type, string path)
    {
        var answer = await host.OkAsync("GET", path);
        if (!imports.TryGetValue(module, out var names))
        {
            imports.Add(module, names = new(StringComparer.Ordinal));
        }

        names.Add(TypeName().Match(type).Value);
        var shown = Id().Replace(path, "ID");
        values.Append(CultureInfo.InvariantCulture, $"\n/** {shown} */\nexport const answer{++count}: {type} = ");
        values.Append(Steady(answer)!.ToJsonString(indented)).Append(";\n");
    }

    public string Text()
    {
        var text = new StringBuilder(
            "// Written by tests/Braid.Gateway.Web.Tests (./build golden): what the server answers.\n"
        );
        foreach (var (module, names) in imports)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"import type {{ {string.Join(", ", names)} }} from \"./{module}.ts\";\n"
            );
        }

        return text.Append(values).ToString();
    }

    private static JsonNode? Steady(JsonNode? node) =>
        node switch
        {
            JsonObject fields => new JsonObject(
                fields.Select(field => KeyValuePair.Create(field.Key, Steady(field.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Take(mostItems).Select(Steady)]),
            JsonValue value when value.GetValueKind() == JsonValueKind.Number => 1,
            JsonValue value when value.GetValueKind() == JsonValueKind.String => Steady((string)value!),
            _ => node?.DeepClone(),
        };

    private static string Steady(string text) =>
        Time().IsMatch(text) ? "2026-01-31T09:00:00Z"
        : Version().IsMatch(text) ? "1.0.0"
        : Key().Replace(Id().Replace(text, "ID"), "KEY");

    [GeneratedRegex("[A-Z][A-Za-z]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypeName();

    [GeneratedRegex("[0-9a-f]{32,64}|^[0-9a-f]{8}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    [GeneratedRegex("^[A-Z0-9]{20}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"^\d+\.\d+\.\d+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Time();
}
