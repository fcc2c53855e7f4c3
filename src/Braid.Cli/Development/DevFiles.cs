using Braid.Cli.CommandLine;

namespace Braid.Cli.Development;

/// <summary>Which local files stand for which input: those given, else what lies in the current folder under the input's name.</summary>
internal static class DevFiles
{
    public static readonly Flag Flag = Flags.Values(
        "input",
        'i',
        "The file or folder that stands for an input, NAME=PATH (default: ./NAME); may be repeated."
    );

    /// <summary>The path for each repo.</summary>
    /// <exception cref="Failure">There is no such input, or nothing for one.</exception>
    public static IReadOnlyDictionary<string, string> Find(Invocation call, DevSpec spec)
    {
        var given = call.All(Flag).Select(Cut).ToList();
        foreach (var (name, _) in given.Where(pair => !spec.Inputs.Any(input => IsOf(input, pair.Name))))
        {
            throw new Failure(
                $"the spec has no input {name}, but {string.Join(", ", spec.Inputs.Select(input => input.Name))}"
            );
        }

        var paths = new Dictionary<string, string>();
        foreach (var input in spec.Inputs)
        {
            var path = given.LastOrDefault(pair => IsOf(input, pair.Name)).Path ?? input.Name;
            paths[input.Repo] =
                File.Exists(path) || Directory.Exists(path)
                    ? path
                    : throw new Failure(
                        $"there is no {path} for the input {input.Name}: name its files with --input {input.Name}=PATH"
                    );
        }

        return paths;
    }

    private static bool IsOf(DevInput input, string name) => input.Name == name || input.Source == name;

    private static (string Name, string Path) Cut(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } path]
            ? (name, path)
            : throw new Failure($"invalid argument \"{text}\" for --input: expected NAME=PATH");
}
