using Braid.Cli.Archives;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Transfers;
using Braid.Protos.Pfs;
using PfsFile = Braid.Protos.Pfs.File;

namespace Braid.Cli.Downloads;

/// <summary>
/// Gets a directory, or what a pattern matches, to a folder:
/// 1. the commit is named by its id, so that all of it is of one commit, wherever the branch moves;
/// 2. into an empty folder everything comes as one archive;
/// 3. else the listing is compared with the folder, and what is not right there is fetched: neighbours together, large files
///    and those that were interrupted one by one.
/// When the connection is lost, it goes on with 3.
/// </summary>
internal sealed class FolderDownload(
    PachClient pach,
    string folder,
    Reconnecting reconnecting,
    TransferProgress progress
)
{
    /// <summary>Files fetched one by one at a time.</summary>
    private const int parallel = 8;

    public async Task RunAsync(PfsFile pattern, CancellationToken ct)
    {
        // (1)
        var file = await PinAsync(pattern, ct);
        // (2), (3)
        await reconnecting.RunAsync(() => IsEmpty(folder) ? GetAllAsync(file, ct) : GetMissingAsync(file, ct), ct);
    }

    private async Task<PfsFile> PinAsync(PfsFile pattern, CancellationToken ct)
    {
        var commit = await pach.CallAsync(
            PfsMethods.InspectCommit,
            new InspectCommitRequest { Commit = pattern.Commit },
            ct
        );
        return new() { Commit = commit.Commit, Path = pattern.Path };
    }

    private async Task GetAllAsync(PfsFile file, CancellationToken ct)
    {
        await using var target = new TreeWriter(folder, progress);
        await UnpackAsync(new GetFileRequest { File = file }, file.Path, target, ct);
        await target.FinishAsync(ct);
    }

    private async Task GetMissingAsync(PfsFile file, CancellationToken ct)
    {
        await using var target = new TreeWriter(folder, progress);
        var missing = new MissingFiles(target, name => Relative(name, file.Path), progress);
        var runs = await missing.FindAsync(Listing.FilesAsync(pach, file, ct), ct);
        var one = new OneFile(pach, reconnecting, progress);
        await Parallel.ForEachAsync(
            runs.Alone,
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = ct },
            async (info, stop) =>
            {
                var path = target.Place(Relative(info.File.Path, file.Path));
                target.MakeFolderOf(path);
                await one.GetAsync(new() { File = info.File }, info, path, stop);
            }
        );
        foreach (var range in runs.Together)
        {
            var everything = new PfsFile { Commit = file.Commit };
            await UnpackAsync(new() { File = everything, PathRange = range }, file.Path, target, ct);
        }

        await target.FinishAsync(ct);
    }

    private async Task UnpackAsync(GetFileRequest request, string root, TreeWriter target, CancellationToken ct)
    {
        await using var bytes = new ByteStream(pach.StreamAsync(PfsMethods.GetFileTAR, request, ct));
        await using var tar = new TarScanner(bytes);
        while (await Damage.NamedAsync("the server's answer", tar.NextAsync(ct)) is { } member)
        {
            if (member.Kind == MemberKind.File)
            {
                await target.AddAsync(target.Place(Relative(member.Name, root)), member, tar, ct);
            }
        }
    }

    /// <summary>A directory becomes the folder itself; of other paths the whole name is kept.</summary>
    private static string Relative(string name, string root)
    {
        var (path, prefix) = (name.TrimStart('/'), root.Trim('/') + "/");
        return path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : path;
    }

    /// <summary>What the program itself notes in a folder is nothing in it.</summary>
    private static bool IsEmpty(string folder) =>
        !Directory.Exists(folder)
        || Directory
            .EnumerateFileSystemEntries(folder)
            .All(path => Path.GetFileName(path).StartsWith(".braid-", StringComparison.Ordinal));
}
