using Braid.Cli.CommandLine;
using Braid.Cli.Uploads;

namespace Braid.Cli.OldForms;

/// <summary>
/// <c>put-file repo branch [path]</c>: adds to what is there unless -o says otherwise, and keeps the source's whole path when no
/// other is given. With --split the records of the source become files of their own.
/// </summary>
internal static class OldPut
{
    private static readonly Flag commit = Flags.Switch("commit", 'c', "Needless: one call is one commit.");
    private static readonly Flag parallelism = Flags.Value("parallelism", 'p', "How many files go at the same time.");

    public static Command Command { get; } =
        new Command(
            "put-file",
            "<repo> <branch> [<path>]",
            "Written \"put file\" since release 1.8: braid help put file"
        )
        {
            Flags = [commit, .. SplitFile.Flags, parallelism],
            RunAsync = RunAsync,
        }.Taking(1, 3);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var today = SplitFile.IsWanted(call) ? SplitFile.Command : PutFile.Command;
        using var put = call.As(today, [OldNames.Commit(call.Arguments)], SplitFile.IsWanted(call) ? [] : Adds(call));
        return await today.RunAsync(put, ct);
    }

    private static IEnumerable<(string Name, string Value)> Adds(Invocation call)
    {
        yield return ("full-path", "true");
        if (!call.Has(SplitFile.Overwrite))
        {
            yield return ("append", "true");
        }
    }
}
