using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Pipelines.Datums.Trees;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Pipelines.Datums;

/// <summary>
/// Has datums of a running job run again: 1 those that the filters mean are found; 2 in one transaction, if the job still
/// runs, they go back to the start. One that was taken over becomes one that the job has to run.
/// </summary>
internal sealed class DatumRestart(Database database, ContentStore content)
{
    private const int pageSize = 512;
    private const string reason = "restarted";

    public async Task<Result<Unit>> RestartAsync(
        Caller caller,
        JobRow job,
        IReadOnlyList<string> filters,
        CancellationToken ct
    )
    {
        // 1
        using var hold = content.Hold();
        var taken = await TakenOverAsync(job, filters, ct);
        var own = await OwnAsync(job, filters, ct);
        // 2
        return taken.Count + own.Count == 0
            ? Errors.NoDatumMatches(filters, job.SetId)
            : await database.WriteAsync(
                caller,
                new("job.restart-datums", $"{job.Ref}@{job.SetId}", $"datums: {taken.Count + own.Count}"),
                refused: null,
                db => RestartAsync(db, job, taken, own),
                ct
            );
    }

    private async Task<List<DatumRecord>> TakenOverAsync(
        JobRow job,
        IReadOnlyList<string> filters,
        CancellationToken ct
    )
    {
        var tree = new DatumTree(content, job.Tree);
        foreach (var filter in filters)
        {
            if (Sha256Hash.TryParse(filter, out var id) && await tree.FindAsync(id, ct) is { } named)
            {
                return DatumFilter.Matches(named.Id, named.Inputs, filters) ? [named] : [];
            }
        }

        var found = new List<DatumRecord>();
        await foreach (var entry in tree.RecordsAsync(ct))
        {
            var record = await tree.ReadAsync(entry, ct);
            if (DatumFilter.Matches(record.Id, record.Inputs, filters))
            {
                found.Add(record);
            }
        }

        return found;
    }

    private async Task<List<Sha256Hash>> OwnAsync(JobRow job, IReadOnlyList<string> filters, CancellationToken ct)
    {
        var found = new List<Sha256Hash>();
        for (Sha256Hash? after = null; ; )
        {
            var from = after;
            var page = await database.ReadAsync(db => DatumRows.PageAsync(db, job.Id, from, pageSize), ct);
            found.AddRange(
                page.Where(row => DatumFilter.Matches(row.Id, row.ReadInputs(), filters)).Select(row => row.Id)
            );
            if (page.Count < pageSize)
            {
                return found;
            }

            after = page[^1].Id;
        }
    }

    private static async Task<Result<Unit>> RestartAsync(
        DbWrite db,
        JobRow job,
        IReadOnlyList<DatumRecord> taken,
        IReadOnlyList<Sha256Hash> own
    )
    {
        if (await JobRows.FindAsync(db, job.Id) is not { JobState: JobState.Running })
        {
            return Errors.JobHasEnded(job.Ref, job.SetId);
        }

        var known = own.ToHashSet();
        foreach (var id in own)
        {
            if (await DatumRows.FindAsync(db, job.Id, id) is { } row)
            {
                await DatumRows.RestartAsync(db, row);
            }
        }

        foreach (var record in taken.Where(record => known.Add(record.Id)))
        {
            await DatumRows.InsertAsync(db, [DatumRow.Of(job, record.Id, record.Key, record.Inputs, reason)]);
            await DatumRows.UncountAsync(db, job.Id, DatumState.Skipped);
        }

        await db.ExecuteAsync("UPDATE job SET has_rows = TRUE WHERE id = @Id", job);
        JobRows.Announce(db, job.SetId);
        db.Announce(Topics.Work);
        return Unit.Value;
    }
}
