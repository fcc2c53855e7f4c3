using System.IO.Compression;
using System.Text.Json.Nodes;
using Braid.Client.Backends.Folder;

namespace Braid.Client.Backends.ClearMLOffline;

/// <summary>
/// A session's folder, and the archive beside it that it becomes. A program may be killed at any time: what is whole is written under
/// another name and renamed, and the folder goes when the archive is on the disk. A folder without <c>task.json</c> is nothing: it was never begun,
/// or is the rest of one whose archive is there.
/// </summary>
internal sealed class SessionFolder(string path)
{
    private const string unfinished = ".part";
    private static readonly string[] lineFiles = ["metrics.jsonl", "log.jsonl"];

    private readonly string taskFile = System.IO.Path.Combine(path, OfflineTask.FileName);
    private readonly string archive = path + ".zip";

    public string Path => path;

    /// <summary>The task of a session that was begun, which an archive holds if it was ended; null, and an empty folder, when there is none.</summary>
    public async Task<JsonNode?> OpenAsync(CancellationToken ct)
    {
        if (!File.Exists(taskFile))
        {
            await BeginAsync(ct);
        }

        foreach (var file in lineFiles.Select(PathOf).Where(File.Exists))
        {
            LineFile.CutTornLine(file);
        }

        return File.Exists(taskFile) ? JsonNode.Parse(await File.ReadAllTextAsync(taskFile, ct)) : null;
    }

    public string PathOf(string file) => System.IO.Path.Combine(path, file);

    /// <summary>The old task or the new one is there, never half of one.</summary>
    public async Task SaveAsync(OfflineTask task, CancellationToken ct)
    {
        await File.WriteAllTextAsync(taskFile + unfinished, task.Json.ToJsonString(), ct);
        File.Move(taskFile + unfinished, taskFile, overwrite: true);
    }

    /// <summary>Puts the folder's files into the archive, which takes the folder's place.</summary>
    public async Task ArchiveAsync(CancellationToken ct)
    {
        foreach (var file in lineFiles.Select(PathOf))
        {
            File.Open(file, FileMode.Append).Dispose(); // the importer wants both
        }

        await using (var zip = File.Create(archive + unfinished))
        {
            await ZipFile.CreateFromDirectoryAsync(path, zip, ct);
            zip.Flush(flushToDisk: true);
        }

        File.Move(archive + unfinished, archive, overwrite: true);
        File.Delete(taskFile); // first: from here on the archive counts
        Directory.Delete(path, recursive: true);
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        if (!File.Exists(archive))
        {
            Directory.CreateDirectory(path);
            return;
        }

        // Ended before, and gone on with.
        var unpacked = path + unfinished;
        if (Directory.Exists(unpacked))
        {
            Directory.Delete(unpacked, recursive: true);
        }

        await ZipFile.ExtractToDirectoryAsync(archive, unpacked, ct);
        Directory.Move(unpacked, path);
    }
}
