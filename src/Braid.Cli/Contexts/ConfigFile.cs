using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Output;

namespace Braid.Cli.Contexts;

/// <summary>
/// pachctl's config file, or our own in the same form: contexts, and which of them is active. Fields that are not known here stay
/// as they are. Text only: what a context means is said by <see cref="ContextChoice"/>.
/// </summary>
internal sealed class ConfigFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly JsonObject root;

    private ConfigFile(string path, JsonObject root) => (Path, this.root) = (path, root);

    public string Path { get; }

    /// <summary>In order.</summary>
    public IReadOnlyList<string> Names => [.. Contexts.Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    /// <summary>Empty when none is.</summary>
    public string ActiveName
    {
        get => Text("active_context");
        set => V2["active_context"] = value;
    }

    /// <summary>pachctl keeps another context for enterprise servers; Braid only keeps the value.</summary>
    public string ActiveEnterpriseName
    {
        get => Text("active_enterprise_context");
        set => V2["active_enterprise_context"] = value;
    }

    /// <summary>Whether pachctl tells its makers how it is used. Braid never does.</summary>
    public bool SendsMetrics
    {
        get => V2["metrics"]?.GetValueKind() == JsonValueKind.True;
        set => V2["metrics"] = value;
    }

    private JsonObject V2 => Object(root, "v2");

    private JsonObject Contexts => Object(V2, "contexts");

    /// <summary>
    /// The first of these: <c>$PACH_CONFIG</c>; in a worker <c>/pachctl/config.json</c>; pachctl's <c>~/.pachyderm/config.json</c> if
    /// there is one; <c>~/.braid/config.json</c>.
    /// </summary>
    public static string PathFor(Surroundings world)
    {
        if (world.Variable("PACH_CONFIG") is { Length: > 0 } given)
        {
            return given;
        }

        if (File.Exists(world.WorkerConfig))
        {
            return world.WorkerConfig;
        }

        var home = world.Variable("HOME") ?? "/";
        var theirs = System.IO.Path.Combine(home, ".pachyderm", "config.json");
        return File.Exists(theirs) ? theirs : System.IO.Path.Combine(home, ".braid", "config.json");
    }

    /// <summary>A file that is not there has no contexts.</summary>
    /// <exception cref="Failure">It is not JSON.</exception>
    public static ConfigFile Open(Surroundings world)
    {
        var path = PathFor(world);
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
        try
        {
            // pachctl takes an empty file for a new one.
            var root = bytes.Length == 0 ? [] : JsonNode.Parse(bytes) as JsonObject;
            return new(path, Upgraded(root ?? throw new JsonException("it is not a JSON object")));
        }
        catch (JsonException error)
        {
            throw new Failure($"cannot read {path}: {error.Message}");
        }
    }

    /// <summary>Reads the file afresh, changes it and writes it: nothing that another program wrote meanwhile is lost.</summary>
    public static void Change(Surroundings world, Action<ConfigFile> change)
    {
        var file = Open(world);
        change(file);
        file.Save();
    }

    public PachContext? Find(string name) => Contexts[name] is JsonObject fields ? new(fields) : null;

    /// <exception cref="Failure">There is no such context.</exception>
    public PachContext Get(string name) => Find(name) ?? throw new Failure($"context does not exist: {name}");

    public PachContext Put(string name, JsonObject fields)
    {
        Contexts[name] = fields;
        return new(fields);
    }

    public void Remove(string name) => Contexts.Remove(name);

    /// <summary>Replaces the file as a whole; only its owner can read it, since it holds tokens.</summary>
    private void Save()
    {
        var link = File.Exists(Path) ? File.ResolveLinkTarget(Path, returnFinalTarget: true) : null;
        var target = link?.FullName ?? Path;
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(target)) ?? "/";
        Directory.CreateDirectory(folder);
        var draft = System.IO.Path.Combine(folder, $".config-{Environment.ProcessId}.json");
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.UTF8.GetBytes(IndentedJson.Of(root)));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, target, overwrite: true);
    }

    /// <summary>Until 1.9 the file was one context without a name; pachctl calls it default when it meets it.</summary>
    private static JsonObject Upgraded(JsonObject root)
    {
        if (root["v2"] is null && root["v1"] is JsonObject only)
        {
            root.Remove("v1");
            only["source"] = "CONFIG_V1";
            root["v2"] = new JsonObject
            {
                ["active_context"] = "default",
                ["contexts"] = new JsonObject { ["default"] = only },
                ["metrics"] = true,
            };
        }

        return root;
    }

    private static JsonObject Object(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject there)
        {
            return there;
        }

        JsonObject made = [];
        parent[name] = made;
        return made;
    }

    private string Text(string name) => new PachContext(V2).Text(name) ?? "";
}
