using System.Security.Cryptography;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Downloads;
using Braid.Cli.Transfers;
using Braid.Protos.Pfs;
using File = System.IO.File;
using FileInfo = Braid.Protos.Pfs.FileInfo;
using PfsFile = Braid.Protos.Pfs.File;

namespace Braid.Cli.Exports;

/// <summary>
/// Writes a commit's files to a folder:
/// 1. names that the folder cannot hold end it before anything is written;
/// 2. the files come, only those that are missing when an export is repeated;
/// 3. what is on disk is read again: compared with what the repo holds, and listed in the manifest.
/// </summary>
internal sealed class FolderExport(PachClient pach, TimeProvider clock, TransferProgress progress)
{
    /// <summary>In a folder whose export has begun, with the commit's id; it goes when all is there.</summary>
    private const string mark = ".braid-export";
    private const int batchFiles = 256;
    private const int bufferBytes = 1024 * 1024;

    private static readonly int readers = Math.Clamp(Environment.ProcessorCount, 2, 8);

    public async Task RunAsync(PfsFile root, string folder, CancellationToken ct)
    {
        Claim(folder, root.Commit.Id);
        // (1)
        var manifest = await CheckNamesAsync(root, folder, ct);
        // (2)
        await new FolderDownload(pach, folder, new(clock), progress).RunAsync(root, ct);
        // (3)
        await WriteManifestAsync(root, folder, Path.Combine(folder, manifest), ct);
        File.Delete(Path.Combine(folder, mark));
    }

    /// <summary>A folder with other things in it is left alone; one that an export of the same commit began is gone on with.</summary>
    private static void Claim(string folder, string commit)
    {
        var path = Path.Combine(folder, mark);
        var isBegun = File.Exists(path) && File.ReadAllText(path) == commit;
        if (!isBegun && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new Failure($"{folder} is not empty: export to a new folder");
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(path, commit);
    }

    private async Task<string> CheckNamesAsync(PfsFile root, string folder, CancellationToken ct)
    {
        var names = new LocalNames(folder);
        var (manifest, total) = (Manifest.Name, 0L);
        await foreach (var file in Listing.FilesAsync(pach, root, ct))
        {
            names.Check(file.File.Path);
            total += file.SizeBytes;
            manifest = file.File.Path == $"/{Manifest.Name}" ? Manifest.OtherName : manifest;
        }

        names.ThrowIfAny();
        progress.Expect(total);
        return manifest;
    }

    private async Task WriteManifestAsync(PfsFile root, string folder, string path, CancellationToken ct)
    {
        await using (var file = File.Create(PartFile.Of(path)))
        await using (var manifest = new Manifest(file))
        {
            var ahead = new Queue<Task<List<(byte[] Sum, string Path)>>>();
            await foreach (var batch in Listing.FilesAsync(pach, root, ct).Chunk(batchFiles).WithCancellation(ct))
            {
                ahead.Enqueue(Task.Run(() => batch.Select(info => Checked(folder, info)).ToList(), ct));
                if (ahead.Count == readers)
                {
                    await AddAsync(manifest, await ahead.Dequeue());
                }
            }

            while (ahead.TryDequeue(out var rest))
            {
                await AddAsync(manifest, await rest);
            }
        }

        PartFile.Complete(path);
    }

    private static async Task AddAsync(Manifest manifest, List<(byte[] Sum, string Path)> sums)
    {
        foreach (var (sum, path) in sums)
        {
            await manifest.AddAsync(sum, path);
        }
    }

    private static (byte[] Sum, string Path) Checked(string folder, FileInfo info)
    {
        var path = info.File.Path.TrimStart('/');
        using var file = File.OpenRead(Path.Combine(folder, path));
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var content = new ContentHash();
        var buffer = new byte[Math.Min(bufferBytes, info.SizeBytes + 1)];
        while (file.Read(buffer) is var got and > 0)
        {
            sum.AppendData(buffer, 0, got);
            content.Add(buffer.AsSpan(0, got));
        }

        return content.Finish().AsSpan().SequenceEqual(info.Hash.Span)
            ? (sum.GetHashAndReset(), path)
            : throw new Failure(
                $"{path} on disk is not what the repo holds: the disk is failing, or somebody changed it"
            );
    }
}
