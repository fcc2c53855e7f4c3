using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Specs;

namespace Braid.Cli.MLProjects;

/// <summary>Reads the MLproject file of a folder, and what lies beside it.</summary>
internal static class MLProjectFile
{
    private const string kind = "MLproject";
    private const int longest = 1 << 20;

    private static readonly string[] environments = ["python_env", "conda_env", "docker_env"];

    /// <exception cref="Failure">The file is not what it should be.</exception>
    public static async Task<MLProject> ReadAsync(string folder, CancellationToken ct)
    {
        var path = Directory
            .EnumerateFiles(folder)
            .FirstOrDefault(file => Path.GetFileName(file).Equals(kind, StringComparison.OrdinalIgnoreCase));
        if (path is null)
        {
            return new(null, EnvironmentOf([], folder), new Dictionary<string, EntryPoint>());
        }

        var fields = await FieldsAsync(path, ct);
        try
        {
            return new(fields["name"]?.ToString(), EnvironmentOf(fields, folder), EntryPointsOf(fields));
        }
        catch (FormatException wrong)
        {
            throw new Failure($"malformed {kind} in {path}: {wrong.Message}");
        }
    }

    private static async Task<JsonObject> FieldsAsync(string path, CancellationToken ct)
    {
        if (new FileInfo(path).Length > longest)
        {
            throw new Failure($"malformed {kind} in {path}: larger than {longest} bytes");
        }

        var documents = SpecFile.Parse(await File.ReadAllTextAsync(path, ct), path, kind);
        return documents switch
        {
            [] => [],
            [var only] => only,
            _ => throw new Failure($"malformed {kind} in {path}: expected one document, not {documents.Count}"),
        };
    }

    private static ProjectEnvironment? EnvironmentOf(JsonObject fields, string folder)
    {
        if (fields.ContainsKey("databricks_spark_job"))
        {
            throw new Failure("the project is a job of Databricks, which is not run here");
        }

        var named = environments.Where(fields.ContainsKey).ToList();
        if (named.Count > 1)
        {
            var names = string.Join(", ", named.Select(name => $"'{name}'"));
            throw new Failure($"Project cannot contain multiple environment fields: {{{names}}}");
        }

        return named switch
        {
            ["docker_env"] => new("docker_env", ImageOf(fields["docker_env"])),
            [var field] when fields[field] is { } file => new(field, Existing(field, folder, file.ToString())),
            _ when File.Exists(Path.Combine(folder, "python_env.yaml")) => new("python_env", "python_env.yaml"),
            _ when File.Exists(Path.Combine(folder, "conda.yaml")) => new("conda_env", "conda.yaml"),
            _ => null,
        };
    }

    private static string ImageOf(JsonNode? docker) =>
        (docker as JsonObject)?["image"]?.ToString() is { Length: > 0 } image
            ? image
            : throw new Failure(
                "Project configuration (MLproject file) was invalid: Docker environment specified but no image attribute found."
            );

    private static string Existing(string field, string folder, string file)
    {
        var path = Path.Combine(folder, file);
        var what = field == "conda_env" ? "conda environment" : "python_env";
        return File.Exists(path)
            ? path
            : throw new Failure($"Project specified {what} file {path}, but no such file was found.");
    }

    private static Dictionary<string, EntryPoint> EntryPointsOf(JsonObject fields)
    {
        var found = new Dictionary<string, EntryPoint>();
        foreach (var (name, definition) in Map(fields["entry_points"], "entry_points"))
        {
            var entry = Map(definition, $"entry point {name}");
            var parameters = Map(entry["parameters"], $"the parameters of entry point {name}");
            found[name] = new(
                name,
                [.. parameters.Select(pair => EntryParameter.Read(pair.Key, pair.Value))],
                entry["command"] is JsonValue command
                    ? command.ToString()
                    : throw new FormatException($"entry point {name} has no command")
            );
        }

        return found;
    }

    private static JsonObject Map(JsonNode? node, string what) =>
        node switch
        {
            null => [],
            JsonObject map => map,
            _ => throw new FormatException($"{what} should be a map"),
        };
}
