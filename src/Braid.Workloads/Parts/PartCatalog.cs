using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Workloads.Keeping;
using Braid.Workloads.Kinds;
using Braid.Workloads.Replicas;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Parts;

/// <summary>
/// Parts of jobs that others keep: they are placed, run and shown as all workloads are, but have no run, and end with whoever asked for
/// them. For the server's own use: nothing is asked of a caller here.
/// </summary>
public sealed class PartCatalog
{
    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(5);
    private static readonly Caller owner = new Caller.Internal("parts");

    private readonly Database database;
    private readonly WorkKeeper keeper;
    private readonly TimeProvider clock;
    private readonly IdSource ids;

    internal PartCatalog(Database database, WorkKeeper keeper, TimeProvider clock, IdSource ids)
    {
        this.database = database;
        this.keeper = keeper;
        this.clock = clock;
        this.ids = ids;
    }

    /// <summary>Makes a part; it waits for places from now on.</summary>
    public async Task<Result<RunId>> SubmitAsync(NewPart part, CancellationToken ct) =>
        Works.Of(part.Name, part.Spec).Error is { } bad
            ? bad
            : await database.WriteAsync(db => SubmitAsync(db, part), ct);

    /// <summary>Waits for its end, until nothing of it runs anywhere any more.</summary>
    /// <param name="waiting">Told why it waits for places; null when it does not.</param>
    public async Task<PartEnd> WaitAsync(RunId id, Action<string?> waiting, CancellationToken ct)
    {
        using var watch = database.Changes.Watch(Topics.Workload(id));
        while (true)
        {
            var (row, isHeld) = await database.ReadAsync(db => SeeAsync(db, id), ct);
            if (row.Ended is not null && !isHeld)
            {
                return await database.ReadAsync(db => EndOfAsync(db, row), ct);
            }

            waiting(row.ReadState() == WorkloadState.Pending && !isHeld ? row.Waiting : null);
            await watch.NextAsync(longestWait, ct);
        }
    }

    /// <summary>Ends a part that has not ended: what runs of it is stopped.</summary>
    public Task StopAsync(RunId id, string why, CancellationToken ct) =>
        database.WriteAsync(db => StopAsync(db, id, why), ct);

    /// <summary>Ends all parts: whoever asked for them is gone.</summary>
    public Task StopAllAsync(string why, CancellationToken ct) =>
        database.WriteAsync(
            async db =>
            {
                var live = await db.QueryAsync<RunId>(
                    "SELECT id FROM workload WHERE run_id <> id AND ended IS NULL ORDER BY created"
                );
                foreach (var id in live)
                {
                    await StopAsync(db, id, why);
                }
            },
            ct
        );

    private async Task StopAsync(DbWrite db, RunId id, string why)
    {
        if (await WorkloadRow.FindAsync(db, id) is { Ended: null } row)
        {
            await keeper.EndAsync(db, row, WorkloadState.Stopped, why);
        }
    }

    private async Task<Result<RunId>> SubmitAsync(DbWrite db, NewPart part)
    {
        var share = part.Share ?? await ShareRow.TakingWorkAsync(db, part.PreferredShare) ?? Shares.Shares.Default;
        if (await WorkloadCatalog.RefuseAsync(db, new(part.Name, share, part.Spec)) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow();
        var row = new WorkloadRow
        {
            Id = new(ids.Next()),
            RunId = part.Run,
            Share = share,
            Name = part.Name,
            Kind = $"{part.Spec.Kind}",
            UserName = owner.Name,
            ProjectId = part.Project,
            Spec = WorkloadRow.Pack(part.Spec),
            State = $"{WorkloadState.Pending}",
            Created = now,
        };
        await WorkloadRow.InsertAsync(db, row);
        await WorkloadEvents.AddAsync(db, row.Id, now, "Submitted", $"for job {part.Run} to project {share}");
        await keeper.KeepAsync(db, row);
        return row.Id;
    }

    private static async Task<(WorkloadRow Row, bool IsHeld)> SeeAsync(DbRead db, RunId id)
    {
        var row = await WorkloadRow.FindAsync(db, id) ?? throw new InvalidDataException($"part {id} is gone");
        return (row, (await ReplicaRow.OfAsync(db, id)).Any(Releasing.IsHeld));
    }

    private static async Task<PartEnd> EndOfAsync(DbRead db, WorkloadRow row)
    {
        if (row.ReadState() == WorkloadState.Succeeded)
        {
            return new(true, row.Waiting);
        }

        var first = await WorkloadEvents.FirstFailureAsync(db, row.Id);
        return new(false, first is null || first == row.Waiting ? row.Waiting : $"{first}; {row.Waiting}");
    }
}
