using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Inputs;
using Braid.Tracking.Models;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using Braid.Tracking.Series.Inbox;

namespace Braid.Tracking.Imports;

/// <summary>
/// Takes runs over from another server, with their ids and times: what no program may choose, so only administrators call.
/// Taken over again, a run is what it is over there: its fields and tags are overwritten, nothing is there twice, and what was
/// only added here stays.
/// </summary>
public sealed class RunImports(Database database, TimeProvider clock, IdSource ids)
{
    private const string update = """
        UPDATE run SET
          project_id = @Project, name = @Name, status = @status, status_changed = @changed, comment = @Comment,
          user_name = @User, parent_id = COALESCE(@parent, parent_id), created = @created, started = @started,
          completed = @ended, last_update = @changed, last_change = @changed,
          trashed = CASE WHEN @IsTrashed THEN COALESCE(trashed, @now) WHEN trashed_with_project THEN trashed ELSE NULL END
        WHERE id = @Id
        """;

    /// <returns>Whether the run was here before; <c>tracking.run-of-job</c> when its id is that of a job's run.</returns>
    public Task<Result<bool>> PutAsync(Caller caller, ImportedRun run, CancellationToken ct) =>
        caller.MayAdminister() is { } refused
            ? Task.FromResult<Result<bool>>(refused)
            : database.WriteAsync(db => PutAsync(db, caller, run), ct);

    /// <summary>
    /// Appends points to a run or a model that was taken over, in the trash or not; exactly the same point again is kept once.
    /// The times of the owner stay.
    /// </summary>
    public Task<Result<Unit>> AppendAsync(
        Caller caller,
        SeriesOwner owner,
        IReadOnlyList<Point> points,
        CancellationToken ct
    ) =>
        caller.MayAdminister() is { } refused
            ? Task.FromResult<Result<Unit>>(refused)
            : database.WriteAsync<Unit>(
                async db =>
                    await LastUpdateAsync(db, owner) is { } last
                        ? await SeriesWriter.AppendAsync(db, caller, owner, points, last)
                    : owner.IsModel ? Errors.NoSuchModel(owner.Id.ToString())
                    : Errors.NoSuchRun(new(owner.Id)),
                ct
            );

    private async Task<Result<bool>> PutAsync(DbWrite db, Caller caller, ImportedRun run)
    {
        if (await ProjectRows.FindAsync(db, run.Project) is null)
        {
            return Errors.NoSuchProject(run.Project.ToString());
        }

        var found = await RunHead.FindAsync(db, caller, run.Id);
        if (found is { IsOk: true, Value.IsOfJob: true })
        {
            return Errors.RunOfJob(run.Id, "imported");
        }

        await InboxFold.RunAsync(db, run.Id); // it does not change the times that are written below
        var now = clock.GetUtcNow();
        if (!found.IsOk)
        {
            await InsertAsync(db, run, now);
        }

        // A note: the row is written below, with the times of the other server.
        var change = new RunChange
        {
            IsNote = true,
            SetTags = run.Tags,
            Parameters = new() { Set = run.Parameters, Immutable = true },
            SetModels = run.Models,
        };
        if (await RunChanges.ApplyAsync(db, caller, run.Id, change, now) is { } error)
        {
            return error;
        }

        foreach (var input in run.Datasets)
        {
            await Inputs.Datasets.AddAsync(db, run.Id, run.Project, input, caller.Writer ?? "", ids);
        }

        await UpdateAsync(db, run, now);
        return found.IsOk;
    }

    private static Task InsertAsync(DbWrite db, ImportedRun run, DateTimeOffset now) =>
        RunRows.InsertAsync(
            db,
            new(
                run.Id,
                run.Project,
                run.Name,
                "training",
                run.Status,
                run.User,
                run.Parent,
                RunOwner.Client,
                "",
                run.Started
            ),
            now
        );

    private static Task UpdateAsync(DbWrite db, ImportedRun run, DateTimeOffset now) =>
        db.ExecuteAsync(
            update,
            new
            {
                run.Id,
                run.Project,
                run.Name,
                status = run.Status.ToText(),
                run.Comment,
                run.User,
                parent = run.Parent?.ToString(),
                created = (run.Started ?? run.Ended ?? now).ToStored(),
                started = run.Started?.ToStored(),
                ended = run.Ended?.ToStored(),
                changed = (run.Ended ?? run.Started ?? now).ToStored(),
                run.IsTrashed,
                now = now.ToStored(),
            }
        );

    private static Task<DateTimeOffset?> LastUpdateAsync(DbRead db, SeriesOwner owner) =>
        db.FirstOrDefaultAsync<DateTimeOffset?>(
            $"SELECT last_update FROM {(owner.IsModel ? "model" : "run")} WHERE id = @Id",
            new { owner.Id }
        );
}
