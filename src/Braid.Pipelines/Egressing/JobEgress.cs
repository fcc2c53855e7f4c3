using Braid.Data.History;
using Braid.Metadata;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Logs;
using Braid.Primitives;
using Braid.Storage.Trees;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Egressing;

/// <summary>
/// Sends the output of a job away before the job ends. A server that dies meanwhile sends it again, which changes nothing on
/// the other side. When the other side cannot be reached it is tried again, with growing pauses, and the job says so.
/// </summary>
internal sealed class JobEgress(
    Database database,
    Commits commits,
    EgressSender sender,
    EgressRetries retries,
    RunLogs logs
)
{
    /// <summary>True while there is nothing to do for a job but to wait until it is tried again.</summary>
    public bool IsWaiting(long job) => retries.IsWaiting(job);

    /// <param name="root">What the output commit is to hold; durable already.</param>
    public async Task<EgressOutcome> SendAsync(JobRow job, TreeRoot root, CancellationToken ct)
    {
        if (
            job.ReadSpec().Egress is not { } target
            || await database.ReadAsync(db => commits.FindAsync(db, job.Output), ct) is not { } output
        )
        {
            return EgressOutcome.Sent;
        }

        var sent = await sender.SendAsync(output, root, target, ct);
        if (sent.Error is not { } error)
        {
            retries.Forget(job.Id);
            return EgressOutcome.Sent;
        }

        var reason = $"egress failed: {error.Message}";
        if (error.Kind != ErrorKind.Unavailable || retries.Fail(job.Id) is not { } next)
        {
            return new(reason, Again: false);
        }

        await database.WriteAsync(db => NoteAsync(db, job, JobDecisions.SendsAgain(reason, next)), ct);
        return new(reason, Again: true);
    }

    private async Task NoteAsync(DbWrite db, JobRow job, string reason)
    {
        await db.ExecuteAsync(
            "UPDATE job SET reason = @reason WHERE id = @Id AND state = @finishing",
            new
            {
                job.Id,
                reason,
                finishing = (long)JobState.Finishing,
            }
        );
        await logs.AppendForJobAsync(db, job.RunId, reason);
        JobRows.Announce(db, job.SetId);
    }
}

/// <summary>What became of an output that is to be sent away.</summary>
/// <param name="Failure">Why it was not sent; null: it was, or has nowhere to go.</param>
/// <param name="Again">It will be tried again.</param>
internal readonly record struct EgressOutcome(string? Failure, bool Again)
{
    public static EgressOutcome Sent => default;
}
