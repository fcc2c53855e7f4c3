using System.Runtime.CompilerServices;

namespace Braid.Cli.MLflowImports.Sources;

/// <summary>
/// The files that an artifact location means, when it is a folder of this machine. A location comes from the source, which may be
/// anybody's: it must lie below the folder that the user named, or end in the id of its run or model, and links are not followed.
/// </summary>
/// <param name="root">The folder behind <c>mlflow-artifacts:/</c>.</param>
/// <param name="isGiven">The user named it.</param>
internal sealed class ArtifactFolders(string root, bool isGiven)
{
    private const string proxied = "mlflow-artifacts:";
    private const string leaf = "artifacts";

    /// <summary>It means a folder of the machine that MLflow ran on, whether it is there or not.</summary>
    public static bool IsLocal(string location) =>
        location.StartsWith(proxied, StringComparison.Ordinal)
        || location.StartsWith("file:", StringComparison.Ordinal)
        || !location.Contains("://", StringComparison.Ordinal);

    /// <param name="location">As the source has it.</param>
    /// <param name="owner">The id of the run or model whose it is.</param>
    /// <exception cref="Unreadable">There is no such folder, nor one that would hold it.</exception>
    public IAsyncEnumerable<SourceFile> FilesAsync(string location, string owner)
    {
        if (location.Length == 0)
        {
            return AsyncEnumerable.Empty<SourceFile>();
        }

        var path = PathOf(location);
        var isBelow = IsBelow(path, root);
        if (!isBelow && !IsOf(path, owner))
        {
            throw new Unreadable(
                $"its artifacts are said to be in {path}, which is no folder of its own: they are not read"
            );
        }

        if (Directory.Exists(path))
        {
            return FilesIn(path, isBelow ? root : FolderOfOwners(path));
        }

        if (Moved(path, owner) is { } moved)
        {
            return FilesIn(moved, root);
        }

        // A run without files has no folder; where the others' folders are missing too, they are elsewhere.
        return Directory.Exists(Path.GetDirectoryName(FolderOfOwners(path)))
            ? AsyncEnumerable.Empty<SourceFile>()
            : throw new Unreadable($"its artifacts are not in {path}: name the folder where they are with --artifacts");
    }

    /// <summary>Every file below a folder, by path; links are not followed.</summary>
    /// <param name="root">A folder above it: from there on, links are refused.</param>
    /// <exception cref="Unreadable">It is a link, or behind one, or not below the root.</exception>
    public static async IAsyncEnumerable<SourceFile> FilesIn(
        string folder,
        string root,
        [EnumeratorCancellation] CancellationToken ct = default
    )
    {
        await Task.CompletedTask;
        SymbolicLinks.RefuseBelow(root, folder);
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = false,
        };
        foreach (var path in Directory.EnumerateFiles(folder, "*", options))
        {
            ct.ThrowIfCancellationRequested();
            var name = Path.GetRelativePath(folder, path);
            yield return new(name, new FileInfo(path).Length, _ => Task.FromResult<Stream>(File.OpenRead(path)));
        }
    }

    private string PathOf(string location)
    {
        if (location.StartsWith(proxied, StringComparison.Ordinal))
        {
            // mlflow-artifacts:/a/b, or mlflow-artifacts://host:port/a/b
            var rest = location[proxied.Length..];
            var path = rest.StartsWith("//", StringComparison.Ordinal) ? Below(rest[2..]) : rest;
            return Path.GetFullPath(Path.Combine(root, path.TrimStart('/')));
        }

        return location.StartsWith("file:", StringComparison.Ordinal)
            ? Path.GetFullPath(
                Uri.UnescapeDataString(
                    location[5..].StartsWith("//", StringComparison.Ordinal)
                        ? "/" + Below(location[7..])
                        : location[5..]
                )
            )
            : Path.GetFullPath(location);
    }

    /// <summary>What follows the host.</summary>
    private static string Below(string text) =>
        text.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? text[(slash + 1)..] : "";

    /// <summary>The same folder below the one that the user named: MLflow's last three parts are always the same.</summary>
    private string? Moved(string path, string owner)
    {
        if (!isGiven)
        {
            return null;
        }

        var parts = path.Split('/');
        foreach (var count in new[] { 4, 3 })
        {
            var moved = Path.Combine([root, .. parts.TakeLast(count)]);
            if (parts.Length >= count && IsOf(moved, owner) && Directory.Exists(moved))
            {
                return moved;
            }
        }

        return null;
    }

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(Path.GetFullPath(folder).TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>What <c>ID/artifacts</c> is in.</summary>
    private static string FolderOfOwners(string path) => Path.GetDirectoryName(Path.GetDirectoryName(path)) ?? "/";

    /// <summary><c>.../ID/artifacts</c>.</summary>
    private static bool IsOf(string path, string owner) =>
        Path.GetFileName(path) == leaf && Path.GetFileName(Path.GetDirectoryName(path)) == owner;
}
