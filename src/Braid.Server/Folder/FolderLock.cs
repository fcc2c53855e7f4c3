namespace Braid.Server.Folder;

/// <summary>One server per folder: an advisory lock on <c>DIR/lock</c>, which the kernel drops when the process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>The lock, or null when another process holds it.</summary>
    public static FolderLock? TryTake(string folder)
    {
        try
        {
            return new(new(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();
}
