using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Files;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pfs;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Diffs;

/// <summary>
/// Shows what differs between two commits:
/// 1. the server names the files, without reading them;
/// 2. the two sides of each are fetched, one pair at a time;
/// 3. text is compared line by line and shown as a unified diff; of anything else it is said that it differs.
/// </summary>
internal static class DiffFile
{
    private const int UsualContext = 3;

    private static readonly Flag shallow = Flags.Switch("shallow", 's', "Do not look into directories.");
    private static readonly Flag nameOnly = Flags.Switch("name-only", null, "Only the names of the files that differ.");
    private static readonly Flag oldProject = Flags.Value("old-project", null, "The project of the older side.");
    private static readonly Flag context = Flags.Value(
        "unified",
        'U',
        "This many lines around every change (default 3)."
    );
    private static readonly Flag program = Flags.Value(
        "diff-command",
        null,
        "Compare with this program; it gets the old and the new file as arguments."
    );

    public static Command Command { get; } =
        new Command(
            "diff file",
            "<new-repo>@<new-commit>[:<path>] [<old-repo>@<old-commit>[:<path>]]",
            "Show what differs between two commits; the older is the parent when not given."
        )
        {
            Flags =
            [
                program,
                Flags.FullTimestamps,
                nameOnly,
                Flags.NoPager,
                oldProject,
                Flags.Project,
                shallow,
                context,
            ],
            RunAsync = RunAsync,
        }.Taking(1, 2);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new DiffFileRequest
        {
            NewFile = Names.File(call.Project, call.Arguments[0]),
            Shallow = call.Has(shallow),
        };
        if (call.Argument(1) is { } old)
        {
            request.OldFile = Names.File(call.Text(oldProject) ?? call.Project, old);
        }

        var differences = call.Pach.StreamAsync(PfsMethods.DiffFile, request, ct);
        await (
            call.Has(nameOnly)
                ? WriteNamesAsync(call, differences)
                : WriteTextsAsync(call, NamedPair.JoinAsync(differences, request), ct)
        );
        return 0;
    }

    private static async Task WriteNamesAsync(Invocation call, IAsyncEnumerable<DiffFileResponse> differences)
    {
        var table = new Table(call.Out, "OP", "SIZE   ", "NAME") { IsOpenEnded = true };
        await foreach (var difference in differences)
        {
            AddName(call, table, difference.NewFile, call.Style.Colored("+", Color.Green));
            AddName(call, table, difference.OldFile, call.Style.Colored("-", Color.Red));
        }

        table.Finish();
    }

    private static void AddName(Invocation call, Table table, FileInfo? file, Cell sign)
    {
        if (file is not null)
        {
            table.Add(sign, Sizes.Words(file.SizeBytes), file.File.Path);
        }
    }

    private static async Task WriteTextsAsync(
        Invocation call,
        IAsyncEnumerable<DiffFileResponse> differences,
        CancellationToken ct
    )
    {
        var external = call.Text(program) is { Length: > 0 } words ? new ExternalDiff(call, words) : null;
        var around = (int)call.Number(context, UsualContext);
        await foreach (var difference in differences)
        {
            var (old, current) = (FileOf(difference.OldFile), FileOf(difference.NewFile));
            if (old is null && current is null)
            {
                continue; // a directory differs because something below it does, which comes by itself
            }

            await (
                external is null
                    ? FileDiff.WriteAsync(call, old, current, around, ct)
                    : external.WriteAsync(old, current, ct)
            );
        }
    }

    private static FileInfo? FileOf(FileInfo? file) => file?.FileType == FileType.File ? file : null;
}
