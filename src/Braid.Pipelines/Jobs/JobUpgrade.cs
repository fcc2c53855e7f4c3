using Braid.Data.History;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Pipelines.Jobs;

/// <summary>
/// Notes for jobs that an older release made, and that have not ended, what this one keeps with them: which of their inputs are
/// finished, and when they are killed. Nothing where that is noted already.
/// </summary>
internal sealed class JobUpgrade(Database database, Commits commits)
{
    public Task UpgradeAsync(CancellationToken ct) =>
        database.WriteAsync(
            async db =>
            {
                foreach (var job in await JobRows.UnfinishedAsync(db))
                {
                    await NoteInputsAsync(db, job);
                    await NoteDeadlineAsync(db, job);
                }
            },
            ct
        );

    private async Task NoteInputsAsync(DbWrite db, JobRow job)
    {
        foreach (var input in await JobRows.InputsAsync(db, job.Id))
        {
            if (await commits.FindAsync(db, input.Commit) is not { IsFinished: false })
            {
                await JobRows.InputsEndedAsync(db, [input.Commit]);
            }
        }
    }

    private static Task NoteDeadlineAsync(DbWrite db, JobRow job) =>
        db.ExecuteAsync(
            "UPDATE job SET deadline = @deadline WHERE id = @Id AND deadline IS NULL",
            new { job.Id, deadline = job.StartedAt + job.ReadSpec().JobTimeout }
        );
}
