using System.Formats.Tar;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Downloads;

/// <summary>Unpacks what GetFileTAR sends (absolute names, regular files and directories) below a folder.</summary>
internal static class TarFolder
{
    /// <param name="archive">The archive.</param>
    /// <param name="folder">Where it goes; made when missing.</param>
    /// <param name="root">The directory in the repo that becomes the folder; other paths keep their whole name.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="Failure">A name that leads out of the folder.</exception>
    public static async Task ExtractAsync(Stream archive, string folder, string root, CancellationToken ct)
    {
        var target = Path.GetFullPath(folder);
        Directory.CreateDirectory(target);
        await using var reader = new TarReader(archive);
        while (await reader.GetNextEntryAsync(copyData: false, ct) is { } entry)
        {
            var path = Place(target, Relative(entry.Name, root));
            if (entry.EntryType == TarEntryType.Directory)
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                await WriteAsync(entry, path, ct);
            }
        }
    }

    private static string Relative(string name, string root)
    {
        var (path, prefix) = (name.TrimStart('/'), root.Trim('/') + "/");
        return path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : path;
    }

    private static string Place(string folder, string name)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        return path == folder || path.StartsWith(folder.TrimEnd('/') + '/', StringComparison.Ordinal)
            ? path
            : throw new Failure($"refused to write {name}: it leads out of {folder}");
    }

    private static async Task WriteAsync(TarEntry entry, string path, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
        await using var file = File.Create(path);
        if (entry.DataStream is { } content)
        {
            await content.CopyToAsync(file, ct);
        }
    }
}
