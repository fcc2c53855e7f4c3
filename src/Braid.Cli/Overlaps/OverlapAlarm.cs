using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Grpc.Statuses;
using Braid.Protos.Pfs;

namespace Braid.Cli.Overlaps;

/// <summary>
/// Says, after a commit to a repo that has a role, what it has in common with the other side. Silent where nothing is; the
/// write is done by then, so what goes wrong here is told and does not make it fail.
/// </summary>
internal static class OverlapAlarm
{
    private const int patience = 10;
    private const int shown = 10;
    private const string roleKey = "braid.role";

    public static async Task ShowAsync(Invocation call, Commit commit, CancellationToken ct)
    {
        try
        {
            await LookAsync(call, commit, ct);
        }
        catch (Exception error) when (error is GrpcException or Failure)
        {
            call.Error.WriteLine(
                $"written; but whether repos of other roles hold the same files is not known: {error.Message}"
            );
        }
    }

    private static async Task LookAsync(Invocation call, Commit commit, CancellationToken ct)
    {
        var repo = await call.Pach.CallAsync(PfsMethods.InspectRepo, new InspectRepoRequest { Repo = commit.Repo }, ct);
        if (!repo.Metadata.ContainsKey(roleKey))
        {
            return;
        }

        var report = await OverlapReport.ReadAsync(call, commit, patience, ct);
        if (report.IsWaiting)
        {
            call.Error.WriteLine("the commit is still being held against the repos of other roles: see list overlap");
        }

        if (report.Count == 0)
        {
            return;
        }

        call.Error.WriteLine($"alarm: {Files(report.Count)} also in repos of other roles:");
        foreach (var pair in report.Pairs.Take(shown))
        {
            call.Error.WriteLine($"  {pair.Path} = {pair.Other} ({pair.OtherRole})");
        }

        if (report.Count > shown)
        {
            call.Error.WriteLine($"  and {report.Count - shown} more: see list overlap");
        }
    }

    private static string Files(long count) =>
        count == 1 ? "1 file of this commit is" : $"{count} files of this commit are";
}
