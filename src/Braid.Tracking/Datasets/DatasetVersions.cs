using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Inputs;

namespace Braid.Tracking.Datasets;

/// <summary>
/// Which runs' data sets are to become commits, and which have. A run is noted in the transaction that completes it
/// (<see cref="Runs.StatusChange.CompletesDataset"/>); the server's loop takes the oldest, chooses its repo, makes the commit,
/// and says so: a crash anywhere is cured by doing it again.
/// </summary>
public sealed class DatasetVersions(Database database, Inputs.Inputs inputs, TimeProvider clock)
{
    private const string select = $"SELECT {DatasetVersionRow.Columns} FROM dataset_version d";

    /// <summary>The one that has waited longest; null when none does.</summary>
    public async Task<DatasetVersion?> NextAsync(CancellationToken ct) =>
        (
            await database.ReadAsync(
                db =>
                    db.FirstOrDefaultAsync<DatasetVersionRow>(
                        $"{select} WHERE d.state = 'waiting' ORDER BY d.noted, d.run_id LIMIT 1",
                        new { }
                    ),
                ct
            )
        )?.ToVersion();

    public async Task<DatasetVersion?> FindAsync(RunId run, CancellationToken ct) =>
        (
            await database.ReadAsync(
                db => db.FirstOrDefaultAsync<DatasetVersionRow>($"{select} WHERE d.run_id = @run", new { run }),
                ct
            )
        )?.ToVersion();

    /// <summary>The repo that versions of the data set are in; null when there is none yet.</summary>
    public Task<string?> RepoOfAsync(ProjectId project, CancellationToken ct) =>
        database.ReadAsync(
            db =>
                db.FirstOrDefaultAsync<string>(
                    "SELECT repo FROM dataset_version WHERE project_id = @project AND repo <> '' LIMIT 1",
                    new { project }
                ),
            ct
        );

    /// <summary>Remembers the repo, before it is made.</summary>
    public Task ChooseRepoAsync(RunId run, string repo, CancellationToken ct) =>
        database.WriteAsync(
            db => db.ExecuteAsync("UPDATE dataset_version SET repo = @repo WHERE run_id = @run", new { run, repo }),
            ct
        );

    /// <summary>It is a commit now, made from those of <paramref name="parents"/>.</summary>
    public Task DoneAsync(
        RunId run,
        string branch,
        string commit,
        IReadOnlyList<DatasetVersion> parents,
        CancellationToken ct
    ) =>
        database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync(
                    """
                    UPDATE dataset_version SET state = 'done', branch = @branch, commit_id = @commit, problem = ''
                    WHERE run_id = @run
                    """,
                    new
                    {
                        run,
                        branch,
                        commit,
                    }
                );
                foreach (var parent in parents)
                {
                    var input = new RunInput(run, $"{parent.Run}", parent.Repo, parent.Branch, parent.Commit);
                    await inputs.AddForJobAsync(db, input);
                }

                db.Announce(Topics.Run(run));
            },
            ct
        );

    /// <summary>It cannot become a commit, until it is completed again; false when it waits no more, since somebody else made it one.</summary>
    public Task<bool> FailedAsync(RunId run, string problem, CancellationToken ct) =>
        database.WriteAsync(
            async db =>
                await db.ExecuteAsync(
                    "UPDATE dataset_version SET state = 'failed', problem = @problem WHERE run_id = @run AND state = 'waiting'",
                    new { run, problem }
                ) > 0,
            ct
        );

    /// <summary>Others come first: this one could not be dealt with for now.</summary>
    public Task PutOffAsync(RunId run, CancellationToken ct) =>
        database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    "UPDATE dataset_version SET noted = @now WHERE run_id = @run",
                    new { run, now = clock.GetUtcNow() }
                ),
            ct
        );
}
