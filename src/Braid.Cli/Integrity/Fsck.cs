using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Integrity;

/// <summary>Has the server check everything that refers to something; a line for each problem.</summary>
internal static class Fsck
{
    private static readonly Flag fix = Flags.Switch("fix", 'f', "Put right what follows from what is sound.");
    private static readonly Flag zombie = Flags.Value(
        "zombie",
        null,
        "Also look for files in this output commit that no datum wrote."
    );
    private static readonly Flag zombieAll = Flags.Switch(
        "zombie-all",
        null,
        "Also look for such files in every output commit."
    );

    public static Command Command { get; } =
        new Command("fsck", "", "Check commits, branches, files and jobs against each other.")
        {
            Flags = [fix, zombie, zombieAll, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var (any, bad) = (false, false);
        await foreach (var line in call.Pach.StreamAsync(PfsMethods.Fsck, RequestOf(call), ct))
        {
            any = true;
            bad |= line.Error.Length > 0;
            call.Out.WriteLine(line.Error.Length > 0 ? $"Error: {line.Error}" : $"Fix applied: {line.Fix}");
        }

        if (!any)
        {
            call.Out.WriteLine("No errors found.");
        }

        return bad ? 1 : 0;
    }

    private static FsckRequest RequestOf(Invocation call)
    {
        var request = new FsckRequest { Fix = call.Has(fix) };
        if (call.Text(zombie) is { } commit)
        {
            request.ZombieTarget = call.Has(zombieAll)
                ? throw new Failure("give --zombie COMMIT or --zombie-all, not both")
                : Names.Commit(call.Project, commit);
        }
        else if (call.Has(zombieAll))
        {
            request.ZombieAll = true;
        }

        return request;
    }
}
