using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;
using Google.Protobuf.WellKnownTypes;
using File = System.IO.File;

namespace Braid.Cli.Downloads;

/// <summary>Writes a file to standard output or to -o; with -r, everything that the path matches below the folder -o.</summary>
internal static class GetFile
{
    private static readonly Flag recursive = Flags.Switch(
        "recursive",
        'r',
        "Get all files below a directory, or that a pattern matches."
    );
    private static readonly Flag output = Flags.Value("output", 'o', "The file, or with -r the folder, to write to.");
    private static readonly Flag offset = Flags.Value("offset", null, "Skip this many bytes.");

    public static Command Command { get; } =
        new Command("get file", "<repo>@<branch-or-commit>:<path/in/pfs>", "Get a file's content.")
        {
            Flags = [offset, output, Flags.Project, recursive],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new GetFileRequest
        {
            File = Names.File(call.Project, call.Arguments[0]),
            Offset = call.Number(offset, 0),
        };
        if (!call.Has(recursive))
        {
            await GetOneAsync(call, request, ct);
            return 0;
        }

        var folder =
            call.Text(output)
            ?? throw new Failure("an output path needs to be specified when using the --recursive flag");
        await using var archive = new ByteStream(call.Pach.StreamAsync(PfsMethods.GetFileTAR, request, ct));
        await TarFolder.ExtractAsync(archive, folder, request.File.Path, ct);
        return 0;
    }

    private static async Task GetOneAsync(Invocation call, GetFileRequest request, CancellationToken ct)
    {
        var pieces = call.Pach.StreamAsync(PfsMethods.GetFile, request, ct).GetAsyncEnumerator(ct);
        await using var _ = pieces.ConfigureAwait(false);
        // The first piece comes before the output is opened: what is refused must not leave an empty file.
        var hasPiece = await pieces.MoveNextAsync();
        await using var target = call.Text(output) is { } path ? File.Create(path) : call.World.OpenOutput();
        for (; hasPiece; hasPiece = await pieces.MoveNextAsync())
        {
            await target.WriteAsync(pieces.Current.Value.Memory, ct);
        }
    }
}
