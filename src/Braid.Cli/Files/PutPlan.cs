using Braid.Cli.CommandLine;

namespace Braid.Cli.Files;

/// <summary>One file to put: where it goes and where it comes from (a path, an address, or standard input).</summary>
internal sealed record PutSource(string Path, string From)
{
    public bool IsAddress => From.Contains("://", StringComparison.Ordinal);
}

/// <summary>Decides where each source goes.</summary>
/// <param name="target">The path that the command names; empty for the root.</param>
/// <param name="sources">How many sources there are: several go below the target.</param>
internal sealed class PutPlan(string target, int sources, bool recursive, bool fullPath)
{
    public const string StandardInput = "-";

    /// <exception cref="Failure">A folder without --recursive, nothing there, or standard input without a name.</exception>
    public IEnumerable<PutSource> Of(string source)
    {
        if (source == StandardInput)
        {
            return target.Length > 0
                ? [new(target, source)]
                : throw new Failure("must specify filename when reading data from stdin");
        }

        if (source.Contains("://", StringComparison.Ordinal))
        {
            return [new(Below(new Uri(source).AbsolutePath), source)];
        }

        return Directory.Exists(source) ? Folder(source)
            : File.Exists(source) ? [new(Below(source), source)]
            : throw new Failure($"{source}: no such file or directory");
    }

    /// <summary>The files of a folder keep their paths below it.</summary>
    private IEnumerable<PutSource> Folder(string folder)
    {
        if (!recursive)
        {
            throw new Failure($"{folder} is a directory, use -r");
        }

        return Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => new PutSource(Join(target, Path.GetRelativePath(folder, file)), file));
    }

    /// <summary>One source takes the target as its name; several, or a target that ends in a slash, go below it.</summary>
    private string Below(string source)
    {
        var name = fullPath ? source : Path.GetFileName(source);
        return target.Length > 0 && sources == 1 && !target.EndsWith('/') ? target : Join(target, name);
    }

    private static string Join(string folder, string name) => $"{folder.TrimEnd('/')}/{name.TrimStart('/')}";
}
