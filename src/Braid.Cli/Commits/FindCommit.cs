using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Commits;

/// <summary>Finds the commits that changed a file, from one commit back.</summary>
internal static class FindCommit
{
    private static readonly Flag json = Flags.Switch("json", null, "Print the answer as JSON.");
    private static readonly Flag limit = Flags.Value("limit", null, "At most this many commits.");
    private static readonly Flag timeout = Flags.Value("timeout", null, "Stop after this long (\"10s\").");

    public static Command Command { get; } =
        new Command("find commit", "<repo>@<branch-or-commit>:<path/in/pfs>", "Find the commits that changed a file.")
        {
            Flags = [json, limit, Flags.Project, timeout],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var file = Names.File(call.Project, call.Arguments[0]);
        var request = new FindCommitsRequest
        {
            Start = file.Commit,
            FilePath = file.Path,
            Limit = (uint)call.Number(limit, 0),
        };
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (call.Span(timeout) is { } longest)
        {
            watch.CancelAfter(longest);
        }

        var answers = call.Pach.StreamAsync(PfsMethods.FindCommits, request, watch.Token);
        try
        {
            await (call.Has(json) ? WriteJsonAsync(call, answers) : WriteAsync(call, answers));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new Failure(
                $"not all commits were searched within {call.Text(timeout)}: give --timeout a longer time"
            );
        }

        return 0;
    }

    private static async Task WriteAsync(Invocation call, IAsyncEnumerable<FindCommitsResponse> answers)
    {
        var header = "FOUND IN COMMITS\n";
        var found = false;
        await foreach (var answer in answers)
        {
            // Only when the first answer has come: a refused call prints nothing but its message.
            call.Out.Write(header);
            header = "";
            if (answer.FoundCommit is { } commit)
            {
                found = true;
                call.Out.Write($"{commit.Id}\n");
            }

            if (answer.LastSearchedCommit is { } last)
            {
                call.Out.Write($"{(found ? "" : "no commits found.\n")}\nLAST SEARCHED COMMIT\n{last.Id}\n");
            }
        }
    }

    private static async Task WriteJsonAsync(Invocation call, IAsyncEnumerable<FindCommitsResponse> answers)
    {
        await foreach (var answer in answers)
        {
            call.Out.Write(RecordFormat.Line(answer) + "\n");
        }
    }
}
