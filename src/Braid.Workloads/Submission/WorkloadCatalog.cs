using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Workloads.Keeping;
using Braid.Workloads.Kinds;
using Braid.Workloads.Replicas;
using Braid.Workloads.Shares;

namespace Braid.Workloads.Submission;

/// <summary>
/// Submits, lists, suspends, resumes and ends workloads. A workload is a run from the start: it is made with its run, its id is
/// the run's, and the run's end is the workload's.
/// </summary>
public sealed class WorkloadCatalog
{
    private const int longestName = 63;
    private const int mostListed = 10_000;

    private readonly Database database;
    private readonly Runs runs;
    private readonly WorkKeeper keeper;
    private readonly TimeProvider clock;
    private readonly IdSource ids;

    internal WorkloadCatalog(Database database, Runs runs, WorkKeeper keeper, TimeProvider clock, IdSource ids)
    {
        this.database = database;
        this.runs = runs;
        this.keeper = keeper;
        this.clock = clock;
        this.ids = ids;
    }

    /// <summary>Makes a workload and its run; it waits for places from now on.</summary>
    public Task<Result<Workload>> SubmitAsync(Caller caller, NewWorkload work, CancellationToken ct)
    {
        var bad = Works.Of(work.Name, work.Spec).Error;
        if (bad is null && !IsName(work.Name))
        {
            bad = Errors.BadWorkload(
                work.Name,
                $"a name has lower-case letters, digits and dashes, at most {longestName}"
            );
        }

        return database.WriteAsync(
            caller,
            new("workload.submit", work.Name, $"to {work.Share}"),
            caller.MayUseQueues() ?? bad,
            db => SubmitAsync(db, caller, work),
            ct
        );
    }

    /// <summary>As it stands, with its replicas and what happened to it.</summary>
    public Task<Result<Workload>> GetAsync(Caller caller, RunId id, CancellationToken ct) =>
        database.ReadAsync(
            async db => await FindAsync(db, caller, id) is { } row ? await ShowAsync(db, row) : NoSuch(id),
            ct
        );

    /// <summary>The one of a name that was made last among a share's.</summary>
    public Task<Result<Workload>> GetAsync(Caller caller, string share, string name, CancellationToken ct) =>
        database.ReadAsync(
            async db =>
                await db.FirstOrDefaultAsync<RunId?>(
                    "SELECT id FROM workload WHERE share = @share AND name = @name ORDER BY created DESC LIMIT 1",
                    new { share, name }
                )
                    is { } id
                && await FindAsync(db, caller, id) is { } row
                    ? await ShowAsync(db, row)
                    : (Result<Workload>)Errors.NoSuchWorkload(name),
            ct
        );

    /// <summary>The one that somebody means by its id, the beginning of its id, or its name: of a name, the one made last.</summary>
    /// <param name="share">Where names are looked for; null for everywhere.</param>
    public async Task<Result<RunId>> FindAsync(Caller caller, string which, string? share, CancellationToken ct) =>
        RunId.TryParse(which, out var id) ? await database.ReadAsync(db => WorkloadLookup.OfIdAsync(db, id), ct)
        : caller.MayUseQueues() is { } refused ? refused
        : await database.ReadAsync(db => WorkloadLookup.FindAsync(db, which, share), ct);

    /// <summary>Newest first, with their replicas.</summary>
    /// <param name="share">Only this share's; null for all.</param>
    /// <param name="live">Only those that have not ended.</param>
    public async Task<Result<IReadOnlyList<Workload>>> ListAsync(
        Caller caller,
        string? share,
        bool live,
        CancellationToken ct
    ) =>
        caller.MayUseQueues() is { } refused
            ? refused
            : Result.Ok(await database.ReadAsync(db => ListAsync(db, share, live), ct));

    /// <summary>Stops what runs of it; it waits until it is resumed.</summary>
    public Task<Result<Unit>> SuspendAsync(Caller caller, RunId id, CancellationToken ct) =>
        ChangeAsync(
            caller,
            id,
            "workload.suspend",
            async (db, row) =>
            {
                await WorkloadEvents.AddAsync(db, id, clock.GetUtcNow(), "Suspended", $"by {caller.Name}");
                await keeper.KeepAsync(db, row with { Suspended = true });
            },
            ct
        );

    /// <summary>Lets a suspended one wait for places again.</summary>
    public Task<Result<Unit>> ResumeAsync(Caller caller, RunId id, CancellationToken ct) =>
        ChangeAsync(
            caller,
            id,
            "workload.resume",
            async (db, row) =>
            {
                await WorkloadEvents.AddAsync(db, id, clock.GetUtcNow(), "Resumed", $"by {caller.Name}");
                await keeper.KeepAsync(db, row with { Suspended = false });
            },
            ct
        );

    /// <summary>Ends it: what runs of it is stopped.</summary>
    public Task<Result<Unit>> StopAsync(Caller caller, RunId id, CancellationToken ct) =>
        ChangeAsync(
            caller,
            id,
            "workload.stop",
            (db, row) => keeper.EndAsync(db, row, WorkloadState.Stopped, $"stopped by {caller.Name}"),
            ct
        );

    private async Task<Result<Workload>> SubmitAsync(DbWrite db, Caller caller, NewWorkload work)
    {
        if (await RefuseAsync(db, work) is { } refused)
        {
            return refused;
        }

        if (Works.NamesFoldersOfMachines(work.Name, work.Spec) && caller.MayAdminister() is not null)
        {
            return Errors.FoldersOfMachines();
        }

        var now = clock.GetUtcNow();
        var id = new RunId(ids.Next());
        var project = await runs.CreateForJobAsync(
            db,
            new(id, null, work.Project ?? work.Share, work.Name) { Type = RunTypeOf(work.Spec.Kind) }
        );
        var row = new WorkloadRow
        {
            Id = id,
            RunId = id,
            Share = work.Share,
            Name = work.Name,
            Kind = $"{work.Spec.Kind}",
            UserName = caller.Name,
            ProjectId = project,
            Spec = WorkloadRow.Pack(work.Spec),
            State = $"{WorkloadState.Pending}",
            Suspended = work.IsSuspended,
            Created = now,
        };
        await WorkloadRow.InsertAsync(db, row);
        await WorkloadEvents.AddAsync(db, id, now, "Submitted", $"by {caller.Name} to project {work.Share}");
        await keeper.KeepAsync(db, row);
        return await ShowAsync(db, row);
    }

    internal static async Task<Error?> RefuseAsync(DbRead db, NewWorkload work)
    {
        if (await ShareRow.FindAsync(db, work.Share) is null)
        {
            return Errors.NoSuchShare(work.Share);
        }

        var parts = await db.ScalarAsync<long>("SELECT COUNT(*) FROM share WHERE parent = @Share", work);
        if (parts > 0)
        {
            return Errors.ShareIsNoLeaf(work.Share);
        }

        return
            await db.FirstOrDefaultAsync<RunId?>(
                "SELECT id FROM workload WHERE share = @Share AND name = @Name AND ended IS NULL",
                work
            )
                is { } other
            ? Errors.WorkloadExists(work.Name, work.Share, other)
            : null;
    }

    private static async Task<WorkloadRow?> FindAsync(DbRead db, Caller caller, RunId id) =>
        caller.MayUseRun(id, null) is null ? await WorkloadRow.FindAsync(db, id) : null;

    private static async Task<Result<Workload>> ShowAsync(DbRead db, WorkloadRow row) =>
        Show(await WorkloadRow.FindAsync(db, row.Id) ?? row, await ReplicaRow.OfAsync(db, row.Id)) with
        {
            Events = await WorkloadEvents.OfAsync(db, row.Id),
        };

    private static async Task<IReadOnlyList<Workload>> ListAsync(DbRead db, string? share, bool live)
    {
        var condition = "(CAST(@share AS TEXT) IS NULL OR w.share = @share)" + (live ? " AND w.ended IS NULL" : "");
        var rows = await db.QueryAsync<WorkloadRow>(
            $"SELECT {WorkloadRow.Columns} FROM workload w WHERE {condition} ORDER BY w.created DESC, w.id LIMIT {mostListed}",
            new { share }
        );
        var replicas = await db.QueryAsync<ReplicaRow>(
            $"""
            SELECT {ReplicaRow.Columns} FROM replica r WHERE r.workload_id IN (
              SELECT w.id FROM workload w WHERE {condition} ORDER BY w.created DESC, w.id LIMIT {mostListed})
            ORDER BY r.group_name, r.place
            """,
            new { share }
        );
        var byWorkload = replicas.ToLookup(replica => replica.WorkloadId);
        return [.. rows.Select(row => Show(row, byWorkload[row.Id]))];
    }

    internal static Workload Show(WorkloadRow row, IEnumerable<ReplicaRow> replicas)
    {
        var (spec, fault) = row.ShowSpec();
        return new()
        {
            Id = row.Id,
            RunId = row.RunId,
            Name = row.Name,
            Share = row.Share,
            Spec = spec,
            State = row.ReadState(),
            User = row.UserName,
            Message = row.Waiting.Length > 0 ? row.Waiting : fault ?? "",
            Created = row.Created,
            Started = row.Started,
            Ended = row.Ended,
            Replicas = [.. replicas.Select(Replica.Of)],
            PastRan = TimeSpan.FromMilliseconds(row.RanMs),
            PastGpuTime = TimeSpan.FromMilliseconds(row.GpuMs),
        };
    }

    private Task<Result<Unit>> ChangeAsync(
        Caller caller,
        RunId id,
        string action,
        Func<DbWrite, WorkloadRow, Task> change,
        CancellationToken ct
    ) =>
        database.WriteAsync<Unit>(
            caller,
            new(action, $"{id}"),
            caller.MayUseQueues(),
            async db =>
            {
                if (await WorkloadRow.FindAsync(db, id) is not { } row)
                {
                    return NoSuch(id);
                }

                if (row.UserName != caller.Name && caller.MayAdminister() is not null)
                {
                    return Errors.OthersWorkload(row.UserName);
                }

                if (row.Ended is not null)
                {
                    return Errors.WorkloadEnded(id, row.ReadState());
                }

                await change(db, row);
                return Unit.Value;
            },
            ct
        );

    private static Error NoSuch(RunId id) => Errors.NoSuchWorkload(id.ToString());

    /// <summary>ClearML's task type.</summary>
    private static string RunTypeOf(WorkloadKind kind) =>
        kind switch
        {
            WorkloadKind.Interactive => "application",
            WorkloadKind.Inference => "inference",
            _ => "training",
        };

    private static bool IsName(string name) =>
        name.Length is > 0 and <= longestName
        && char.IsAsciiLetterLower(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
