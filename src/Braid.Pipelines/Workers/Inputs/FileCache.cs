using Braid.Storage;
using Braid.Storage.Files;

namespace Braid.Pipelines.Workers.Inputs;

/// <summary>
/// Files of recent datums by content, to be hard linked. Once it holds more than its limit it is emptied: what is linked
/// stays where it is linked, and what is needed again is read again.
/// </summary>
internal sealed class FileCache(ContentStore content, string folder, long limit)
{
    private readonly SemaphoreSlim writing = new(1, 1);
    private long held;

    public async Task PlaceAsync(FileContent file, string path, CancellationToken ct)
    {
        var cached = Path.Combine(folder, $"{file.Hash}-{file.Size}");
        if (TryLink(cached, path))
        {
            return;
        }

        if (file.Size > limit)
        {
            await WriteAsync(file, path, ct);
            return;
        }

        await writing.WaitAsync(ct);
        try
        {
            await AddAsync(file, cached, path, ct);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task AddAsync(FileContent file, string cached, string path, CancellationToken ct)
    {
        // Another worker may have added it while this one waited.
        if (TryLink(cached, path))
        {
            return;
        }

        if (held + file.Size > limit)
        {
            Directory.Delete(folder, recursive: true);
            held = 0;
        }

        Directory.CreateDirectory(folder);
        var partial = cached + ".partial";
        File.Delete(partial);
        await WriteAsync(file, partial, ct);
        File.Move(partial, cached, overwrite: true);
        held += file.Size;
        if (!TryLink(cached, path))
        {
            File.Copy(cached, path);
        }
    }

    private async Task WriteAsync(FileContent file, string path, CancellationToken ct)
    {
        await using var to = new FileStream(NativeFiles.Create(path), FileAccess.Write, bufferSize: 0);
        await content.CopyToAsync(file, 0, long.MaxValue, to, ct);
    }

    private static bool TryLink(string from, string to) => NativeFiles.TryHardLink(from, to);
}
