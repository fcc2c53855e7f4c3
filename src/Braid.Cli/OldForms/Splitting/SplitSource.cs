using Braid.Cli.CommandLine;

namespace Braid.Cli.OldForms.Splitting;

/// <summary>A file whose records are told apart, and the directory that they go to.</summary>
/// <param name="Directory">The directory in the repo.</param>
/// <param name="Open">Opens what is read.</param>
internal sealed record SplitSource(string Directory, Func<Stream> Open)
{
    private const string StandardInput = "-";

    /// <exception cref="Failure">There is nothing at a place, it is a folder without -r, or an address.</exception>
    public static IReadOnlyList<SplitSource> All(
        Invocation call,
        Flag file,
        Flag inputFile,
        Flag recursive,
        string target
    )
    {
        var names = call.All(file).ToList();
        if (call.Text(inputFile) is { } list)
        {
            names.AddRange(File.ReadLines(list).Where(line => line.Length > 0));
        }

        if (names.Count == 0)
        {
            names.Add(StandardInput);
        }

        return
        [
            .. names.SelectMany(name =>
                Of(call, name, call.Has(recursive), names.Count == 1 ? target : Join(target, name), target)
            ),
        ];
    }

    private static IEnumerable<SplitSource> Of(
        Invocation call,
        string name,
        bool isRecursive,
        string directory,
        string target
    )
    {
        if (name == StandardInput)
        {
            call.RemindOfInput();
            return target.Length > 0
                ? [new(target, call.World.OpenInput)]
                : throw new Failure("must specify filename when reading data from stdin");
        }

        if (File.Exists(name))
        {
            return [new(directory.Length > 0 ? directory : Join("", name), () => File.OpenRead(name))];
        }

        return !System.IO.Directory.Exists(name)
                ? throw new Failure($"{name}: no such file; --split reads files of this machine")
            : isRecursive ? Below(name, directory)
            : throw new Failure($"{name} is a directory, use -r");
    }

    private static IEnumerable<SplitSource> Below(string folder, string directory) =>
        System
            .IO.Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => new SplitSource(
                Join(directory, Path.GetRelativePath(folder, path)),
                () => File.OpenRead(path)
            ));

    private static string Join(string folder, string name) => $"{folder.TrimEnd('/')}/{name.TrimStart('/')}";
}
