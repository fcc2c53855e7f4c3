using Microsoft.Win32.SafeHandles;

namespace Braid.Storage.Blobs;

/// <summary>Appends to one file; its name becomes durable with the first sync.</summary>
internal sealed class FolderAppender : IBlobAppender
{
    private readonly SafeFileHandle file;
    private readonly string directory;
    private long end;
    private bool nameIsDurable;

    public FolderAppender(string path, long length)
    {
        directory = Path.GetDirectoryName(path) ?? path;
        file = File.OpenHandle(
            path,
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.ReadWrite | FileShare.Delete
        );
        RandomAccess.SetLength(file, length);
        end = length;
    }

    public void Append(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> more = default)
    {
        RandomAccess.Write(file, bytes, end);
        if (!more.IsEmpty)
        {
            RandomAccess.Write(file, more, end + bytes.Length);
        }

        end += bytes.Length + more.Length;
    }

    public void Sync()
    {
        RandomAccess.FlushToDisk(file);
        if (!nameIsDurable)
        {
            DirectorySync.Sync(directory);
            DirectorySync.Sync(Path.GetDirectoryName(directory) ?? directory);
            nameIsDurable = true;
        }
    }

    public void Dispose() => file.Dispose();
}
