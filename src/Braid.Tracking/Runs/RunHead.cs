using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Runs;

/// <summary>The little of a run that decides who may do what with it.</summary>
internal sealed record RunHead
{
    public RunId Id { get; init; }
    public RunId? ParentId { get; init; }
    public ProjectId ProjectId { get; init; }
    public string Owner { get; init; } = "";
    public string Status { get; init; } = "";
    public long? Trashed { get; init; }

    /// <summary>Another whenever series of the run went.</summary>
    public long SeriesEpoch { get; init; }

    public bool IsOfJob => Owner == RunRow.OwnerText(RunOwner.Job);

    /// <summary>The run, if there is one and the caller may use it.</summary>
    public static async Task<Result<RunHead>> FindAsync(DbRead db, Caller caller, RunId id)
    {
        var head = await db.FirstOrDefaultAsync<RunHead>(
            "SELECT id, parent_id, project_id, owner, status, trashed, series_epoch FROM run WHERE id = @id",
            new { id }
        );
        // A stranger's run and a missing one look the same to a job.
        if (caller.MayUseRun(id, head?.ParentId) is { } refused)
        {
            return refused;
        }

        return head is null ? Errors.NoSuchRun(id) : head;
    }

    /// <summary>The same, of a run that is not in the trash.</summary>
    public static async Task<Result<RunHead>> FindForChangeAsync(DbRead db, Caller caller, RunId id)
    {
        var found = await FindAsync(db, caller, id);
        return found is { IsOk: true, Value.Trashed: not null } ? Errors.RunTrashed(id) : found;
    }

    /// <summary>Why the caller may not use one of these runs, or null.</summary>
    public static async Task<Error?> CheckAsync(DbRead db, Caller caller, IEnumerable<RunId> ids)
    {
        if (caller is not Caller.Job)
        {
            return null;
        }

        foreach (var id in ids)
        {
            if ((await FindAsync(db, caller, id)).Error is { Kind: ErrorKind.PermissionDenied } refused)
            {
                return refused;
            }
        }

        return null;
    }
}
