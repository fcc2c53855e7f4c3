using Braid.Cli.CommandLine;
using Braid.Cli.TrackedRuns.Programs;

namespace Braid.Cli.MLProjects;

/// <summary>A project, as its MLproject file tells; a folder without one is a project of scripts.</summary>
/// <param name="Environment">Null when it says nothing.</param>
internal sealed record MLProject(
    string? Name,
    ProjectEnvironment? Environment,
    IReadOnlyDictionary<string, EntryPoint> EntryPoints
)
{
    /// <summary>The entry point of that name, else the script of that name.</summary>
    /// <param name="shell">What runs <c>.sh</c> files.</param>
    /// <exception cref="Failure">There is neither.</exception>
    public EntryPoint EntryPointOf(string name, string shell) =>
        EntryPoints.GetValueOrDefault(name)
        ?? Path.GetExtension(name) switch
        {
            ".py" => new(name, [], $"python {Script(name)}"),
            ".sh" => new(name, [], $"{Escaped(shell)} {Script(name)}"),
            ".R" => new(name, [], $"Rscript -e \"mlflow::mlflow_source('{Script(name)}')\" --args"),
            _ => throw new Failure(
                $"Could not find {name} among entry points [{string.Join(", ", EntryPoints.Keys.Select(key => $"'{key}'"))}] "
                    + $"or interpret {name} as a runnable script. Supported script file extensions: ['.py', '.sh', '.R']"
            ),
        };

    private static string Script(string name) => Escaped(ShellWord.Quoted(name));

    /// <summary>Text that a template gives back as it is.</summary>
    private static string Escaped(string text) =>
        text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}
