using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Files;

internal static class GlobFile
{
    public static Command Command { get; } =
        new Command("glob file", "\"<repo>@<branch-or-commit>:<pattern>\"", "List the files that a pattern matches.")
        {
            Flags = [Flags.FullTimestamps, .. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var file = Names.File(call.Project, call.Arguments[0]);
        var request = new GlobFileRequest { Commit = file.Commit, Pattern = file.Path };
        return new FileTable(call).WriteAsync(call.Pach.StreamAsync(PfsMethods.GlobFile, request, ct));
    }
}
