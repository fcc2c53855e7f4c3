using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Files;

internal static class InspectFile
{
    public static Command Command { get; } =
        new Command("inspect file", "<repo>@<branch-or-commit>:<path/in/pfs>", "Show a file.")
        {
            Flags = [.. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var request = new InspectFileRequest { File = Names.File(call.Project, call.Arguments[0]) };
        var file = await call.Pach.CallAsync(PfsMethods.InspectFile, request, ct);
        if (format is not null)
        {
            format.Print(file);
            return 0;
        }

        var fields = new FieldList(call.Out);
        fields.Write("Path", file.File.Path);
        fields.Write("Datum", file.File.Datum);
        fields.Write("Type", FileTable.TypeOf(file));
        fields.Write("Size", Sizes.Words(file.SizeBytes));
        return 0;
    }
}
