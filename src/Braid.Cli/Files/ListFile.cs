using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Files;

internal static class ListFile
{
    public static Command Command { get; } =
        new Command("list file", "<repo>@<branch-or-commit>[:<path/in/pfs>]", "List the files of a directory.")
        {
            Flags = [Flags.FullTimestamps, .. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new ListFileRequest { File = Names.File(call.Project, call.Arguments[0]) };
        return new FileTable(call).WriteAsync(call.Pach.StreamAsync(PfsMethods.ListFile, request, ct));
    }
}
