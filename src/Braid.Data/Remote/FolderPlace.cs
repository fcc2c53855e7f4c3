using System.Runtime.CompilerServices;
using Braid.Data.Content;

namespace Braid.Data.Remote;

/// <summary>A file or folder of this machine, in a folder that the server's administrator has exposed. No link is followed.</summary>
internal sealed class FolderPlace : IRemotePlace
{
    private readonly string root;
    private readonly string path;

    /// <exception cref="RemoteRefusal">The path is in none of the exposed folders.</exception>
    public FolderPlace(string given, RemoteRules rules)
    {
        path = Path.GetFullPath(given);
        root =
            rules.Folders.Select(Path.GetFullPath).FirstOrDefault(folder => IsIn(path, folder))
            ?? throw new RemoteRefusal(Errors.RemoteNotExposed(given));
        CheckLinks(path);
    }

    public async IAsyncEnumerable<RemoteFile> ListAsync(bool recursive, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        if (!recursive || File.Exists(path))
        {
            yield return new("", _ => Task.FromResult(Open(path)));
            yield break;
        }

        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        var files = Directory.EnumerateFiles(path, "*", options).Order(StringComparer.Ordinal);
        foreach (var file in files)
        {
            ct.ThrowIfCancellationRequested();
            yield return new(Path.GetRelativePath(path, file), _ => Task.FromResult(Open(file)));
        }
    }

    /// <summary>Under another name first, so that whoever reads the folder never sees half a file.</summary>
    public async Task WriteAsync(string name, OpenedFile file, CancellationToken ct)
    {
        var target = Path.GetFullPath(Path.Combine(path, name));
        if (!IsIn(target, path))
        {
            throw new RemoteRefusal(Errors.RemoteNotExposed(target));
        }

        CheckLinks(target);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!); // a full path of a file has a folder
        var draft = $"{target}.part";
        await using (var to = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            await file.CopyToAsync(to, 0, long.MaxValue, ct);
        }

        File.Move(draft, target, overwrite: true);
    }

    public void Dispose() { }

    private Stream Open(string file)
    {
        CheckLinks(file);
        return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
    }

    private static bool IsIn(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>A link below the exposed folder could lead out of it.</summary>
    private void CheckLinks(string file)
    {
        for (var at = file; at.Length > root.TrimEnd('/').Length; at = Path.GetDirectoryName(at) ?? "")
        {
            if (new FileInfo(at).LinkTarget is not null)
            {
                throw new RemoteRefusal(Errors.RemoteLink(at));
            }
        }
    }
}
