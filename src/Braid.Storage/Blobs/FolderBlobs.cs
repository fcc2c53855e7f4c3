using System.Runtime.CompilerServices;
using Braid.Primitives;
using Microsoft.Win32.SafeHandles;

namespace Braid.Storage.Blobs;

/// <summary>Objects as files of a folder, which this process alone has open (a lock file says so).</summary>
internal sealed class FolderBlobs : IBlobStore
{
    private const int openReaders = 256;
    private const string staging = "tmp/";

    private readonly string folder;
    private readonly FileStream lockFile;
    private readonly HandleCache readers;
    private long stagedNames;

    public FolderBlobs(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        lockFile = Lock(folder);
        DeleteStaged();
        readers = new(openReaders, name => File.OpenHandle(PathOf(name), FileMode.Open, FileAccess.Read, shareAll));
    }

    private const FileShare shareAll = FileShare.ReadWrite | FileShare.Delete;

    public int ReadAhead => 1;

    public bool IsShared => false;

    /// <summary>The part of a store's folder that holds no objects and is emptied at every start.</summary>
    public static string StagingIn(string folder) => Path.Combine(folder, staging);

    /// <summary>Writes beside, syncs, renames, syncs the directory: a crash leaves the old object or the new one.</summary>
    public Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var staged = $"{staging}{Interlocked.Increment(ref stagedNames)}";
        using (var appender = OpenFile(staged, 0))
        {
            appender.Append(bytes.Span);
            appender.Sync();
        }

        Directory.CreateDirectory(DirectoryOf(name));
        File.Move(PathOf(staged), PathOf(name), overwrite: true);
        DirectorySync.Sync(DirectoryOf(name));
        readers.Forget(name);
        return Task.CompletedTask;
    }

    public IBlobAppender OpenAppend(string name, long length) => OpenFile(name, length);

    public ValueTask<int> ReadAsync(string name, long offset, Memory<byte> into, CancellationToken ct)
    {
        // A page-cached read is faster than any hand-over to another thread, and so are most disks'.
        var filled = 0;
        using var reader = readers.Borrow(name);
        while (filled < into.Length)
        {
            var got = RandomAccess.Read(reader.Handle, into.Span[filled..], offset + filled);
            if (got == 0)
            {
                break;
            }

            filled += got;
        }

        return new(filled);
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        var start = DirectoryOf(prefix);
        if (!Directory.Exists(start))
        {
            yield break;
        }

        foreach (var file in new DirectoryInfo(start).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            ct.ThrowIfCancellationRequested();
            var name = Path.GetRelativePath(folder, file.FullName);
            if (name.StartsWith(prefix, StringComparison.Ordinal) && name != lockName && !IsStaged(name))
            {
                yield return new(name, file.Length);
            }
        }
    }

    public Task DeleteAsync(string name, CancellationToken ct)
    {
        readers.Forget(name);
        if (File.Exists(PathOf(name)))
        {
            File.Delete(PathOf(name));
            DirectorySync.Sync(DirectoryOf(name));
        }

        return Task.CompletedTask;
    }

    public Task MoveAsync(BlobEntry from, string to, CancellationToken ct)
    {
        Directory.CreateDirectory(DirectoryOf(to));
        File.Move(PathOf(from.Name), PathOf(to), overwrite: true);
        DirectorySync.Sync(DirectoryOf(to));
        DirectorySync.Sync(DirectoryOf(from.Name));
        readers.Forget(from.Name);
        readers.Forget(to);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        readers.Dispose();
        lockFile.Dispose();
        return default;
    }

    private const string lockName = "lock";

    private static FileStream Lock(string folder)
    {
        try
        {
            return new(Path.Combine(folder, lockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        // A disk without space is no lock that somebody holds.
        catch (IOException error) when (Fault.Of(error) is null)
        {
            throw new IOException(
                $"the folder '{folder}' is open in another process; stop that, or use another folder",
                error
            );
        }
    }

    private static bool IsStaged(string name) => name.StartsWith(staging, StringComparison.Ordinal);

    private void DeleteStaged()
    {
        if (Directory.Exists(PathOf(staging)))
        {
            Directory.Delete(PathOf(staging), recursive: true);
        }
    }

    private FolderAppender OpenFile(string name, long length)
    {
        Directory.CreateDirectory(DirectoryOf(name));
        return new(PathOf(name), length);
    }

    private string PathOf(string name) => Path.Combine(folder, name);

    private string DirectoryOf(string name) => Path.GetDirectoryName(PathOf(name)) ?? folder;
}
