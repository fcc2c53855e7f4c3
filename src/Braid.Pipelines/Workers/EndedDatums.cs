using Braid.Access.Credentials;
using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Pipelines.Workers;

/// <summary>Records how attempts went that still are what their datums belong to, and what their job comes to by them.</summary>
internal sealed class EndedDatums(Runs runs, Authenticator authenticator)
{
    /// <summary>Records attempts of one job that are known to be their datums' own; a failed one that may be tried again goes back.</summary>
    public async Task RecordAsync(DbWrite db, IReadOnlyList<(DatumLease Lease, DatumOutcome Outcome)> own)
    {
        await db.ExecuteAsync(
            """
            UPDATE datum SET state = @state, output = @output, attempt = NULL, epoch = NULL, worker = NULL,
              download_time = @DownloadTime, process_time = @ProcessTime, upload_time = @UploadTime,
              download_bytes = @DownloadBytes, upload_bytes = @UploadBytes
            WHERE job_id = @JobId AND id = @Id AND attempt = @Attempt
            """,
            own.Select(one => new
            {
                one.Lease.Datum.JobId,
                one.Lease.Datum.Id,
                one.Lease.Attempt,
                state = (long)(IsTriedAgain(one.Lease, one.Outcome) ? DatumState.Unknown : one.Outcome.State),
                output = one.Outcome.Output.IsEmpty ? (Sha256Hash?)null : one.Outcome.Output.Hash,
                one.Outcome.Stats.DownloadTime,
                one.Outcome.Stats.ProcessTime,
                one.Outcome.Stats.UploadTime,
                one.Outcome.Stats.DownloadBytes,
                one.Outcome.Stats.UploadBytes,
            })
        );
        await authenticator.RevokeAttemptsAsync(db, own.Select(one => one.Lease.Attempt));
        foreach (var (lease, _) in own.Where(one => IsTriedAgain(one.Lease, one.Outcome)))
        {
            // Another attempt will track the same things: without this they would be there twice.
            await runs.DiscardWriterAsync(db, lease.Job.RunId, lease.Attempt);
            db.Announce(Topics.Work);
        }

        await CountAsync(db, own);
    }

    private static bool IsTriedAgain(DatumLease lease, DatumOutcome outcome) =>
        outcome.State == DatumState.Failed && lease.Datum.Tries < lease.Spec.DatumTries;

    private static async Task CountAsync(DbWrite db, IReadOnlyList<(DatumLease Lease, DatumOutcome Outcome)> own)
    {
        var job = own[0].Lease.Job;
        JobRows.Announce(db, job.SetId);
        DatumOutcome[] final = [.. own.Where(one => !IsTriedAgain(one.Lease, one.Outcome)).Select(one => one.Outcome)];
        var stats = final.Aggregate(new ProcessStats(), (sum, outcome) => sum + outcome.Stats);
        var remaining = await db.ScalarAsync<long>(
            """
            UPDATE job SET
              processed = processed + @processed, failed = failed + @failed, recovered = recovered + @recovered,
              remaining = remaining - @ended,
              download_time = download_time + @DownloadTime, process_time = process_time + @ProcessTime,
              upload_time = upload_time + @UploadTime, download_bytes = download_bytes + @DownloadBytes,
              upload_bytes = upload_bytes + @UploadBytes
            WHERE id = @Id RETURNING remaining
            """,
            new
            {
                job.Id,
                ended = (long)final.Length,
                processed = final.LongCount(outcome => outcome.State == DatumState.Success),
                failed = final.LongCount(outcome => outcome.State == DatumState.Failed),
                recovered = final.LongCount(outcome => outcome.State == DatumState.Recovered),
                stats.DownloadTime,
                stats.ProcessTime,
                stats.UploadTime,
                stats.DownloadBytes,
                stats.UploadBytes,
            }
        );
        if (final.Select(outcome => outcome.Failure).FirstOrDefault(why => why.Length > 0) is { } why)
        {
            await db.ExecuteAsync("UPDATE job SET failure = @why WHERE id = @Id AND failure = ''", new { job.Id, why });
        }

        if (remaining == 0)
        {
            await JobRows.FinishAsync(db, job);
        }

        // The job ends, or may use another worker.
        db.Announce(remaining == 0 ? Topics.Moves : Topics.Work);
    }
}
