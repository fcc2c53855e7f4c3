using Braid.Storage.Blobs;

namespace Braid.Server.Folder;

/// <summary>Files that only their owner may read (mode 0600), written whole or not at all.</summary>
internal static class PrivateFile
{
    /// <summary>A folder that only its owner may enter (mode 0700).</summary>
    public const UnixFileMode FolderMode = ownerOnly | UnixFileMode.UserExecute;

    private const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var temporary = path + ".new";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = ownerOnly,
        };
        await using (var file = new FileStream(temporary, options))
        {
            await file.WriteAsync(content, ct);
            file.Flush(flushToDisk: true);
        }

        File.SetUnixFileMode(temporary, ownerOnly);
        File.Move(temporary, path, overwrite: true);
        // Without this a power cut may leave no file of the new name, and what it held (a key) is gone.
        DirectorySync.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!); // a full file path has a folder
    }
}
