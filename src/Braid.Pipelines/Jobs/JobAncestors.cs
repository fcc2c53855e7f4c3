using Braid.Data.History;
using Braid.Metadata;
using Braid.Pipelines.Datums;

namespace Braid.Pipelines.Jobs;

/// <summary>Finds the jobs that a job may take datums over from, their rows folded into their trees.</summary>
internal sealed class JobAncestors(Database database, Commits commits, DatumFolding folding)
{
    /// <summary>
    /// Going up the output's line: the nearest job that was planned and has ended, and the nearest that succeeded. Call it
    /// within a hold, so that their trees stay.
    /// </summary>
    public async Task<(JobRow? Previous, JobRow? Base)> FindAsync(JobRow job, CancellationToken ct)
    {
        while (true)
        {
            var (previous, last) = await database.ReadAsync(db => FindAsync(db, job), ct);
            if (new[] { previous, last }.FirstOrDefault(ancestor => ancestor is { HasRows: true }) is not { } unfolded)
            {
                return (previous, last);
            }

            await folding.FoldAsync(unfolded.Id, ct);
        }
    }

    private async Task<(JobRow? Previous, JobRow? Base)> FindAsync(DbRead db, JobRow job)
    {
        JobRow? previous = null;
        for (var at = await commits.FindAsync(db, job.Output); at?.Parent is { } parent; )
        {
            var ancestor = await JobRows.FindAsync(db, job.Ref, parent.Id);
            if (ancestor is { Planned: true } && ancestor.JobState.IsTerminal())
            {
                previous ??= ancestor;
                if (ancestor.JobState == JobState.Success)
                {
                    return (previous, ancestor);
                }
            }

            at = await commits.FindAsync(db, parent);
        }

        return (previous, null);
    }
}
