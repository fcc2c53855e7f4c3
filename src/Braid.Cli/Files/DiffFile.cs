using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pfs;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Files;

internal static class DiffFile
{
    private static readonly Flag shallow = Flags.Switch("shallow", 's', "Do not look into directories.");
    private static readonly Flag nameOnly = Flags.Switch("name-only", null, "Only the names of the files that differ.");
    private static readonly Flag oldProject = Flags.Value("old-project", null, "The project of the older side.");

    public static Command Command { get; } =
        new Command(
            "diff file",
            "<new-repo>@<new-commit>[:<path>] [<old-repo>@<old-commit>[:<path>]]",
            "Show which files differ between two commits; the older is the parent when not given."
        )
        {
            Flags = [nameOnly, oldProject, Flags.Project, shallow],
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

        var table = new Table(call.Out, "OP", "NAME", "TYPE", "SIZE");
        await foreach (var difference in call.Pach.StreamAsync(PfsMethods.DiffFile, request, ct))
        {
            Add(call, table, difference);
        }

        if (!call.Has(nameOnly))
        {
            table.Finish();
        }

        return 0;
    }

    private static void Add(Invocation call, Table table, DiffFileResponse difference)
    {
        if (call.Has(nameOnly))
        {
            call.Out.WriteLine((difference.NewFile ?? difference.OldFile).File.Path);
            return;
        }

        AddSide(call, table, difference.NewFile, "+", Color.Green);
        AddSide(call, table, difference.OldFile, "-", Color.Red);
    }

    private static void AddSide(Invocation call, Table table, FileInfo? file, string sign, Color color)
    {
        if (file is not null)
        {
            var style = call.Style;
            table.Add(
                style.Colored(sign, color),
                style.Colored(file.File.Path, color),
                style.Colored(FileTable.TypeOf(file), color),
                style.Colored(Sizes.Words(file.SizeBytes), color)
            );
        }
    }
}
