using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Specs;

/// <summary>Pipeline specs out of a file: JSON or YAML, one or several documents, or a list of specs.</summary>
internal static class SpecFile
{
    /// <summary>
    /// The specs of a file. A program given as <c>./x</c> or <c>../x</c> that is found from the file's own folder becomes its full
    /// path: jobs of the process executor run it where it lies.
    /// </summary>
    public static async Task<IReadOnlyList<JsonObject>> ReadAsync(string path, CancellationToken ct)
    {
        var specs = Parse(await File.ReadAllTextAsync(path, ct), path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        foreach (var spec in specs)
        {
            LocateProgram(spec, folder);
        }

        return specs;
    }

    /// <param name="text">What the file holds.</param>
    /// <param name="name">The file, for the message.</param>
    /// <param name="kind">What it should hold, for the message.</param>
    /// <exception cref="Failure">It cannot be read as JSON or YAML, or holds something else.</exception>
    public static IReadOnlyList<JsonObject> Parse(string text, string name, string kind = "pipeline spec")
    {
        try
        {
            var isJson = text.AsSpan().TrimStart() is ['{', ..] or ['[', ..];
            var documents = isJson ? JsonDocuments(text) : YamlReader.Documents(text);
            return [.. documents.SelectMany(document => Objects(document, name, kind))];
        }
        catch (Exception error) when (error is JsonException or YamlDotNet.Core.YamlException)
        {
            throw new Failure($"malformed {kind} in {name}: {error.Message}");
        }
    }

    private static List<JsonNode?> JsonDocuments(string text)
    {
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes(text),
            new JsonReaderOptions { AllowMultipleValues = true, AllowTrailingCommas = true }
        );
        var documents = new List<JsonNode?>();
        while (reader.Read())
        {
            documents.Add(JsonNode.Parse(ref reader));
        }

        return documents;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? document, string name, string kind)
    {
        IEnumerable<JsonNode?> items = document is JsonArray list ? [.. list] : [document];
        foreach (var item in items)
        {
            if (item is not JsonObject spec)
            {
                throw new Failure($"malformed {kind} in {name}: expected an object with fields");
            }

            spec.Remove("$schema");
            yield return spec;
        }
    }

    private static void LocateProgram(JsonObject spec, string folder)
    {
        if (
            spec["transform"]?["cmd"] is JsonArray { Count: > 0 } command
            && command[0]?.ToString() is ['.', '/', ..] or ['.', '.', '/', ..]
            && Path.GetFullPath(Path.Combine(folder, command[0]!.ToString())) is var program
            && File.Exists(program)
        )
        {
            command[0] = program;
        }
    }
}
