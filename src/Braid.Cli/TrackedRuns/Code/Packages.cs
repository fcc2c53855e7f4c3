using System.Text.Json;
using System.Text.Json.Nodes;

namespace Braid.Cli.TrackedRuns.Code;

/// <summary>Which versions of which packages a program finds: Python's own, conda's, NuGet's.</summary>
internal static class Packages
{
    private const string list = """
        import importlib.metadata as m
        print("\n".join(sorted({f"{d.metadata['Name']}=={d.version}" for d in m.distributions() if d.metadata['Name']})))
        """;

    private static readonly TimeSpan longest = TimeSpan.FromSeconds(30);

    /// <summary>A text for each kind: <c>pip</c>, <c>conda</c>, <c>nuget</c>.</summary>
    public static async Task<JsonObject> OfAsync(IReadOnlyList<string> words, string folder)
    {
        var found = new JsonObject();
        Add("pip", await PythonAsync(words[0]));
        Add("conda", Conda(Environment.GetEnvironmentVariable("CONDA_PREFIX")));
        Add("nuget", NuGet(words, folder));
        return found;

        void Add(string kind, string packages)
        {
            if (packages.Length > 0)
            {
                found[kind] = packages;
            }
        }
    }

    /// <summary>What conda noted of an environment: a file for each package.</summary>
    public static string Conda(string? prefix)
    {
        var notes = prefix is null ? null : Path.Combine(prefix, "conda-meta");
        return notes is null || !Directory.Exists(notes)
            ? ""
            : string.Join(
                '\n',
                Directory.EnumerateFiles(notes, "*.json").Select(CondaName).Order(StringComparer.Ordinal)
            );
    }

    /// <summary>The libraries of a <c>.deps.json</c> or of a project's restored assets.</summary>
    public static string NuGetOf(Stream file)
    {
        using var json = JsonDocument.Parse(file);
        return !json.RootElement.TryGetProperty("libraries", out var libraries)
            ? ""
            : string.Join(
                '\n',
                libraries
                    .EnumerateObject()
                    .Where(library => library.Value.GetProperty("type").ValueEquals("package"))
                    .Select(library => library.Name.Replace("/", "==", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
            );
    }

    private static string CondaName(string note)
    {
        // name-version-build: names have dashes, versions and builds have none.
        var parts = Path.GetFileNameWithoutExtension(note).Split('-');
        return parts.Length < 3 ? string.Join('-', parts) : $"{string.Join('-', parts[..^2])}=={parts[^2]}";
    }

    private static string NuGet(IReadOnlyList<string> words, string folder)
    {
        var program = words.FirstOrDefault(word => word.EndsWith(".dll", StringComparison.Ordinal)) ?? words[0];
        string[] files =
        [
            Path.ChangeExtension(program, ".deps.json"),
            $"{program}.deps.json",
            "obj/project.assets.json",
        ];
        foreach (var file in files.Select(file => Path.Combine(folder, file)).Where(File.Exists))
        {
            try
            {
                using var stream = File.OpenRead(file);
                return NuGetOf(stream);
            }
            catch (Exception unreadable)
                when (unreadable is IOException or JsonException or UnauthorizedAccessException)
            {
                // Another of them may say it.
            }
        }

        return "";
    }

    private static async Task<string> PythonAsync(string program) =>
        Path.GetFileName(program).StartsWith("python", StringComparison.Ordinal)
            ? (await ShortProgram.AskAsync(program, ["-c", list], longest, CancellationToken.None))?.Trim() ?? ""
            : "";
}
