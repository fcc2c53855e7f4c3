using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Transfers;
using Braid.Cli.Uploads;
using Braid.Grpc.Statuses;
using Braid.Protos.Pfs;
using File = System.IO.File;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Downloads;

/// <summary>
/// Writes a file to standard output or to -o; with -r, everything that the path matches below the folder -o. What is there
/// already is not fetched again, so that calling it again goes on with what was interrupted.
/// </summary>
internal static class GetFile
{
    private static readonly Flag recursive = Flags.Switch(
        "recursive",
        'r',
        "Get all files below a directory, or that a pattern matches."
    );
    private static readonly Flag output = Flags.Value(
        "output",
        'o',
        "The file, or with -r the folder, to write to; an address (s3://bucket/prefix) has the server write there."
    );
    private static readonly Flag offset = Flags.Value("offset", null, "Skip this many bytes.");
    private static readonly Flag retry = Flags.Switch(
        "retry",
        null,
        "Add to an existing file -o the bytes that it lacks, instead of replacing it."
    );

    public static Command Command { get; } =
        new Command("get file", "<repo>@<branch-or-commit>:<path/in/pfs>", "Get a file's content.")
        {
            Flags = [offset, output, TransferProgress.Flag, Flags.Project, recursive, retry],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new GetFileRequest
        {
            File = Names.File(call.Project, call.Arguments[0]),
            Offset = call.Number(offset, 0),
        };
        if (call.Text(output) is { } address && PutPlan.IsAddress(address))
        {
            await SendAsync(call, request, address, ct);
            return 0;
        }

        await using var progress = TransferProgress.Of(call, "got");
        if (call.Has(recursive))
        {
            await GetTreeAsync(call, request, progress, ct);
        }
        else
        {
            await GetOneAsync(call, request, progress, ct);
        }

        progress.Complete();
        return 0;
    }

    /// <summary>Has the server write what matches below the address; no bytes come here.</summary>
    private static async Task SendAsync(Invocation call, GetFileRequest request, string address, CancellationToken ct)
    {
        if (request.Offset != 0 || call.Has(retry))
        {
            throw new Failure("--offset and --retry are for files on this machine, not for addresses");
        }

        request.URL = address;
        await foreach (var _ in call.Pach.StreamAsync(PfsMethods.GetFileTAR, request, ct))
        {
            // Nothing is left to stream.
        }
    }

    private static async Task GetTreeAsync(
        Invocation call,
        GetFileRequest request,
        TransferProgress progress,
        CancellationToken ct
    )
    {
        var folder =
            call.Text(output)
            ?? throw new Failure("an output path needs to be specified when using the --recursive flag");
        if (request.Offset != 0 || call.Has(retry))
        {
            throw new Failure(
                "--offset and --retry are for one file; with --recursive, what is there is found by itself"
            );
        }

        await new FolderDownload(call.Pach, folder, new(call.World.Clock), progress).RunAsync(request.File, ct);
    }

    private static async Task GetOneAsync(
        Invocation call,
        GetFileRequest request,
        TransferProgress progress,
        CancellationToken ct
    )
    {
        var download = new OneFile(call.Pach, new(call.World.Clock), progress);
        if (call.Text(output) is not { } path)
        {
            await using var terminal = call.World.OpenOutput();
            await download.CopyAsync(request, terminal, ct);
            return;
        }

        if (Directory.Exists(path))
        {
            path = Path.Combine(path, Path.GetFileName(request.File.Path));
        }

        if (File.Exists(path) && FileStatus.Of(path) is { Kind: FileKind.Special })
        {
            await using var device = File.OpenWrite(path);
            await download.CopyAsync(request, device, ct);
            return;
        }

        var info = request.Offset == 0 ? await FindAsync(call.Pach, request.File, ct) : null;
        if (call.Has(retry) && File.Exists(path) && info is not null)
        {
            await download.AddMissingAsync(request, info, path, ct);
            return;
        }

        await download.GetAsync(request, info, path, ct);
    }

    /// <summary>Null for what is no single file's name: a pattern, a folder, a file that is not there.</summary>
    private static async Task<FileInfo?> FindAsync(PachClient pach, Protos.Pfs.File file, CancellationToken ct)
    {
        try
        {
            var info = await pach.CallAsync(PfsMethods.InspectFile, new InspectFileRequest { File = file }, ct);
            return info.FileType == FileType.File ? info : null;
        }
        catch (GrpcException refused) when (refused.Status.Code is GrpcCode.NotFound or GrpcCode.InvalidArgument)
        {
            return null; // getting it says why in the words for it
        }
    }
}
