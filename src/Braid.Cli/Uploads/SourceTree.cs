using System.IO.Enumeration;
using Braid.Cli.CommandLine;
using Braid.Cli.Transfers;

namespace Braid.Cli.Uploads;

/// <summary>A file below a folder.</summary>
/// <param name="Name">Its path below the folder.</param>
internal readonly record struct FoundFile(string Name, string Path, FileStatus Status);

/// <summary>
/// The files below a folder, in the order of their names, found while they are asked for: only the names of the folders on
/// the way are in memory. Links are followed, as their target's content is what is meant.
/// </summary>
internal static class SourceTree
{
    /// <exception cref="Failure">A name, a link or a thing that cannot be put; it is named.</exception>
    public static IEnumerable<FoundFile> Files(string folder) => Below(folder, "", []);

    private static IEnumerable<FoundFile> Below(string folder, string prefix, HashSet<string> above)
    {
        foreach (var (name, isFolder) in Entries(folder))
        {
            var path = System.IO.Path.Combine(folder, name);
            if (name.Contains('\uFFFD'))
            {
                throw new Failure($"{path}: its name is not UTF-8: rename it, or leave it out");
            }

            if (isFolder)
            {
                foreach (var file in Within(path, $"{prefix}{name}/", above))
                {
                    yield return file;
                }
            }
            else
            {
                yield return new(prefix + name, path, Status(path));
            }
        }
    }

    /// <summary>A linked folder may hold itself; only there is it worth asking what the path really is.</summary>
    private static IEnumerable<FoundFile> Within(string folder, string prefix, HashSet<string> above)
    {
        if (new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true) is not { } target)
        {
            return Below(folder, prefix, above);
        }

        var real = target.FullName.TrimEnd('/') + '/';
        var here = System.IO.Path.GetFullPath(folder);
        return above.Contains(real) || here.StartsWith(real, StringComparison.Ordinal)
            ? throw new Failure($"{folder}: the link points to a folder that holds it")
            : Below(folder, prefix, [.. above, real]);
    }

    private static FileStatus Status(string path) =>
        FileStatus.Of(path) switch
        {
            null => throw new Failure($"{path}: the link points to nothing"),
            { Kind: FileKind.Regular } status => status,
            _ => throw new Failure($"{path}: it is neither a file nor a folder"),
        };

    private static List<(string Name, bool IsFolder)> Entries(string folder)
    {
        var entries = new FileSystemEnumerable<(string Name, bool IsFolder)>(
            folder,
            (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory),
            new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false }
        ).ToList();
        entries.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return entries;
    }
}
