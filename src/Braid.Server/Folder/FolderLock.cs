using Braid.Primitives;

namespace Braid.Server.Folder;

/// <summary>
/// One server per folder and per SQLite file: an advisory lock on a file beside what it guards, which the kernel drops when
/// the process ends, however it ends.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>The lock <c>DIR/lock</c>, or null when another process holds it.</summary>
    public static FolderLock? TryTake(string folder) => TryTakeFile(Path.Combine(folder, "lock"));

    /// <summary>
    /// The lock <c>FILE.lock</c> of a database file, which may lie outside the data folder, where another folder's server
    /// could open it too.
    /// </summary>
    /// <exception cref="IOException">Another process holds it.</exception>
    public static FolderLock TakeDatabase(string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!); // a full file path has a folder
        return TryTakeFile(full + ".lock")
            ?? throw new IOException(
                $"the database {full} is open in another server; stop that, or give this one another --database"
            );
    }

    public void Dispose() => file.Dispose();

    private static FolderLock? TryTakeFile(string path)
    {
        try
        {
            return new(new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        // A disk without space is no lock that somebody holds.
        catch (IOException error) when (Fault.Of(error) is null)
        {
            return null;
        }
    }
}
