using Microsoft.Win32.SafeHandles;

namespace Braid.Cli.Mounting.Overlay;

/// <summary>A file of the scratch folder, opened while somebody has it open.</summary>
internal sealed class LocalFile(string path, int number)
{
    private readonly Lock gate = new();
    private SafeFileHandle? handle;
    private int users;

    public int Number => number;

    public long Length
    {
        get
        {
            lock (gate)
            {
                return handle is null ? new FileInfo(path).Length : RandomAccess.GetLength(handle);
            }
        }
    }

    public DateTimeOffset Modified
    {
        get => new(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
        set => File.SetLastWriteTimeUtc(path, value.UtcDateTime);
    }

    /// <summary>Opened until as many <see cref="Close"/>; it stays usable when its name goes.</summary>
    public SafeFileHandle Open()
    {
        lock (gate)
        {
            handle ??= File.OpenHandle(
                path,
                FileMode.Open,
                FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete
            );
            users++;
            return handle;
        }
    }

    public void Close()
    {
        lock (gate)
        {
            if (--users == 0)
            {
                handle?.Dispose();
                handle = null;
            }
        }
    }

    public void SetLength(long length)
    {
        var open = Open();
        try
        {
            RandomAccess.SetLength(open, length);
        }
        finally
        {
            Close();
        }
    }
}
