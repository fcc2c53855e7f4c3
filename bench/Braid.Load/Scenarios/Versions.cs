using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>Twenty versions of large files, one hundredth of each changed from one to the next.</summary>
internal sealed class Versions(LoadOptions options, WorkFolder work)
{
    private const int versions = 20;
    private const int files = 4;
    private const long fullLength = 128L << 20;

    public async Task RunAsync(Table table)
    {
        var (length, random) = (options.ScaledBytes(fullLength), new Random(4));
        var folder = Directory.CreateDirectory(work.New("versions")).FullName;
        var (repository, hasPeer) = (work.New("restic"), Shell.Has("restic"));
        await using var server = await LoadServer.StartAsync(options, work);
        await server.Client.CreateRepoAsync("r");
        if (hasPeer)
        {
            await Shell.RunAsync(Peers.All[0].Init(repository));
        }

        for (var version = 0; version < versions; version++)
        {
            for (var file = 0; file < files; file++)
            {
                await WriteAsync(Path.Combine(folder, $"f{file}"), version, file, length, random);
            }

            var all = Directory.EnumerateFiles(folder).ToAsyncEnumerable();
            await server.Client.ModifyAsync(
                "r",
                all.SelectMany(file => Changes.PutAsync($"/{Path.GetFileName(file)}", file))
            );
            if (hasPeer)
            {
                await Shell.RunAsync(Peers.All[0].Backup(repository, folder));
            }
        }

        var one = (double)length * files;
        var ours = WorkFolder.Size(server.Folder) / one;
        var theirs = hasPeer ? WorkFolder.Size(repository) / one : double.NaN;
        table.Add(
            $"store {versions} versions of {files} files of {length >> 20} MiB, 1 % edited",
            Table.Number(ours, "x one version"),
            hasPeer ? $"restic {Table.Number(theirs, "x")}" : "",
            Table.Number(ours / theirs, ""),
            "<= 1.35 x",
            "",
            server.PeakMiB()
        );
        WorkFolder.Remove(folder);
        if (hasPeer)
        {
            WorkFolder.Remove(repository);
        }
    }

    /// <summary>The first version is random; a later one has another hundredth at one place, a few bytes longer than before.</summary>
    private static async Task WriteAsync(string path, int version, int file, long length, Random random)
    {
        if (version == 0)
        {
            await Data.WriteFileAsync(path, length, isText: false, seed: file);
            return;
        }

        var bytes = await File.ReadAllBytesAsync(path);
        var edited = (int)(length / 100);
        var at = random.Next(bytes.Length - edited);
        byte[] changed = [.. bytes.AsSpan(0, at), .. Data.Bytes(random, edited + 7), .. bytes.AsSpan(at + edited)];
        await File.WriteAllBytesAsync(path, changed);
    }
}
