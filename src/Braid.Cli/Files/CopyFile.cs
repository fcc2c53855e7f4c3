using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Files;

internal static class CopyFile
{
    private static readonly Flag append = Flags.Switch("append", 'a', "Add to what is there instead of replacing it.");
    private static readonly Flag sourceProject = Flags.Value(
        "src-project",
        null,
        "The project of the source; --project when not given."
    );
    private static readonly Flag targetProject = Flags.Value(
        "dest-project",
        null,
        "The project of the destination; --project when not given."
    );

    public static Command Command { get; } =
        new Command(
            "copy file",
            "<src-repo>@<src-commit>:<path> <dst-repo>@<dst-branch>:<path>",
            "Copy a file or directory; no bytes are moved."
        )
        {
            Flags = [append, targetProject, Flags.Project, sourceProject],
            RunAsync = RunAsync,
        }.Taking(2);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var source = Names.File(call.Text(sourceProject) ?? call.Project, call.Arguments[0]);
        var target = Names.File(call.Text(targetProject) ?? call.Project, call.Arguments[1]);
        ModifyFileRequest[] requests =
        [
            new() { SetCommit = target.Commit },
            new()
            {
                CopyFile = new()
                {
                    Dst = target.Path,
                    Src = source,
                    Append = call.Has(append),
                },
            },
        ];
        await call.Pach.SendAsync(PfsMethods.ModifyFile, requests.ToAsyncEnumerable(), ct);
        return 0;
    }
}
