using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Cli.Specs;
using YamlDotNet.Core;

namespace Braid.Scoring.Models;

/// <summary>A model in a folder, as its MLmodel file tells.</summary>
/// <param name="Loader">The Python module that loads it.</param>
/// <param name="Data">What the module is given: a file or folder of the model.</param>
internal sealed record ModelFolder(string Folder, string Loader, string Data)
{
    private const string fileName = "MLmodel";
    private const int longest = 16 << 20;

    /// <summary>A folder of Python modules of the model's own.</summary>
    public string? Code { get; init; }

    public string Predict { get; init; } = "predict";

    /// <summary>What the module is given, too; null for nothing.</summary>
    public JsonObject? Config { get; init; }

    /// <summary>The model's own file, where the flavor names one, and how it was written.</summary>
    public string? Pickle { get; init; }

    /// <summary>The version of Python that made the model.</summary>
    public string? PythonVersion { get; init; }

    /// <summary>It names packages to install; nothing is installed here.</summary>
    public bool WantsEnvironment { get; init; }

    /// <summary>Null: any input is taken.</summary>
    public Schema? Inputs { get; init; }

    /// <summary>Null: no parameters are taken.</summary>
    public IReadOnlyList<ParameterField>? Parameters { get; init; }

    /// <summary>The model checks its input itself, by type hints.</summary>
    public bool ChecksItself { get; init; }

    /// <exception cref="BadModelException">It cannot be served.</exception>
    public static ModelFolder Read(string folder)
    {
        var path = Path.Combine(folder, fileName);
        if (!File.Exists(path))
        {
            throw new BadModelException($"{folder} holds no model: there is no file {fileName} in it");
        }

        try
        {
            return new FileInfo(path).Length <= longest
                ? Read(folder, Document(path))
                : throw new BadModelException($"{path} is larger than {longest} bytes");
        }
        catch (Exception error)
            when (error is YamlException or JsonException or InvalidOperationException or FormatException)
        {
            throw new BadModelException($"{path} cannot be read: {error.Message}");
        }
    }

    private static JsonObject Document(string path) =>
        YamlReader.Documents(File.ReadAllText(path)) is [JsonObject model]
            ? model
            : throw new BadModelException($"{path} is not one map of names");

    private static ModelFolder Read(string folder, JsonObject model)
    {
        var flavors = model["flavors"] as JsonObject ?? [];
        if (flavors["python_function"] is not JsonObject python)
        {
            var names = string.Join(", ", flavors.Select(flavor => flavor.Key));
            throw new BadModelException(
                $"the model has no flavor that can be served here: python_function is needed, it has {(names.Length > 0 ? names : "none")}"
            );
        }

        var loader =
            Text(python, "loader_module")
            ?? throw new BadModelException("the model's flavor python_function has no loader_module");
        var signature = model["signature"] as JsonObject ?? [];
        return new(folder, loader, Text(python, "data") is { } data ? Inside(folder, data) : folder)
        {
            Code = Text(python, "code") is { } code ? Inside(folder, code) : null,
            Predict = Text(python, "predict_fn") ?? "predict",
            Config = python["config"] as JsonObject is { Count: > 0 } config ? (JsonObject)config.DeepClone() : null,
            Pickle = Text(python, "model_path") is { } file ? Inside(folder, file) : null,
            PythonVersion = Text(python, "python_version"),
            WantsEnvironment = python["env"] is not null,
            Inputs = Text(signature, "inputs") is { } inputs ? SignatureReader.Schema(inputs) : null,
            Parameters = Text(signature, "params") is { } parameters ? SignatureReader.Parameters(parameters) : null,
            ChecksItself = model["is_signature_from_type_hint"]?.GetValueKind() == JsonValueKind.True,
        };
    }

    private static string? Text(JsonObject fields, string name) => fields[name]?.ToString();

    /// <summary>A model may be anybody's: it names no file beside its own.</summary>
    private static string Inside(string folder, string path)
    {
        var root = Path.GetFullPath(folder);
        var full = Path.GetFullPath(Path.Combine(root, path));
        return full == root || full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new BadModelException($"the model names {path}, which lies outside of its folder");
    }
}
