using Braid.Cli.Connection.Pachyderm;
using Braid.Grpc.Statuses;
using Braid.Protos.Pps;

namespace Braid.Cli.Development;

/// <summary>Shows what user code prints while it runs, and after its end what had not been shown yet.</summary>
internal sealed class DevLog(PachClient pach, TextWriter output, Job job)
{
    private int shown;

    public async Task<JobInfo> ShowUntilAsync(Task<JobInfo> end, CancellationToken ct)
    {
        using var follow = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var following = FollowAsync(follow.Token);
        var ended = await end;
        await follow.CancelAsync();
        await following;
        await foreach (var line in LinesAsync(follow: false, ct).Skip(shown))
        {
            Show(line);
        }

        return ended;
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var line in LinesAsync(follow: true, ct))
            {
                Show(line);
                shown++;
            }
        }
        catch (Exception stopped)
            when (ct.IsCancellationRequested && stopped is OperationCanceledException or GrpcException)
        {
            // The job has ended; what is missing is read once more.
        }
    }

    private IAsyncEnumerable<LogMessage> LinesAsync(bool follow, CancellationToken ct) =>
        pach.StreamAsync(PpsMethods.GetLogs, new GetLogsRequest { Job = job, Follow = follow }, ct)
            .Where(line => line.User);

    private void Show(LogMessage line) => output.Write(line.Message.TrimEnd('\n') + "\n");
}
