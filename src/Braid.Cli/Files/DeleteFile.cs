using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Files;

internal static class DeleteFile
{
    private static readonly Flag recursive = Flags.Switch("recursive", 'r', "Delete a directory with all below it.");

    public static Command Command { get; } =
        new Command("delete file", "<repo>@<branch-or-commit>:<path/in/pfs>", "Delete a file.")
        {
            Flags = [Flags.Project, recursive],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var file = Names.File(call.Project, call.Arguments[0]);
        // A path that ends in a slash names a directory with all below it.
        var path = call.Has(recursive) ? file.Path.TrimEnd('/') + "/" : file.Path;
        ModifyFileRequest[] requests =
        [
            new() { SetCommit = file.Commit },
            new() { DeleteFile = new() { Path = path } },
        ];
        await call.Pach.SendAsync(PfsMethods.ModifyFile, requests.ToAsyncEnumerable(), ct);
        return 0;
    }
}
