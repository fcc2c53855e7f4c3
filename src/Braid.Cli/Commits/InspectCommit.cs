using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Commits;

internal static class InspectCommit
{
    public static Command Command { get; } =
        new Command("inspect commit", "<repo>@<branch-or-commit>", "Show a commit.")
        {
            Flags = [Flags.FullTimestamps, .. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var request = new InspectCommitRequest { Commit = Names.Commit(call.Project, call.Arguments[0]) };
        var commit = await call.Pach.CallAsync(PfsMethods.InspectCommit, request, ct);
        if (format is not null)
        {
            format.Print(commit);
        }
        else
        {
            Write(call, commit);
        }

        return 0;
    }

    private static void Write(Invocation call, CommitInfo commit)
    {
        call.Out.WriteLine($"Commit: {Names.Of(commit.Commit)}");
        WriteUnlessEmpty(call, "Description", commit.Description);
        WriteUnlessEmpty(call, "Parent", commit.ParentCommit?.Id ?? "");
        call.Out.WriteLine($"Started: {call.Style.Time(commit.Started)}");
        WriteUnlessEmpty(call, "Finished", commit.Finished is null ? "" : call.Style.Time(commit.Finished));
        WriteUnlessEmpty(call, "Error", commit.Error);
        call.Out.WriteLine($"Size: {CommitTable.SizeOf(commit)}");
    }

    private static void WriteUnlessEmpty(Invocation call, string name, string value)
    {
        if (value.Length > 0)
        {
            call.Out.WriteLine($"{name}: {value}");
        }
    }
}
