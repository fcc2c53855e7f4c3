using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Access.Audit;

/// <summary>
/// Changes that the audit log tells of: one that was made, in the change's own transaction, so that neither is there without the other;
/// one that somebody may not make, after it. What jobs' programs and the server's own loops do, it does not tell.
/// </summary>
public static class AuditedWrites
{
    /// <summary>Changes rows as <see cref="Database.WriteAsync{T}(Func{DbWrite, Task{Result{T}}}, CancellationToken)"/> does.</summary>
    /// <param name="refused">Why the caller may not; null: the change itself decides.</param>
    public static async Task<Result<T>> WriteAsync<T>(
        this Database database,
        Caller caller,
        AuditedAct act,
        Error? refused,
        Func<DbWrite, Task<Result<T>>> change,
        CancellationToken ct
    )
    {
        var result = refused is not null
            ? refused
            : await database.WriteAsync<T>(
                async db =>
                {
                    var made = await change(db);
                    if (made.IsOk)
                    {
                        await db.TellAsync(caller, act, database.Clock.GetUtcNow());
                    }

                    return made;
                },
                ct
            );
        return result.Error is { } error ? await database.TellRefusalAsync(caller, act, error, ct) : result;
    }

    /// <summary>Tells of what the caller may not do, in a transaction of its own; of what cannot be done, nothing.</summary>
    /// <returns>The refusal.</returns>
    public static async Task<Error> TellRefusalAsync(
        this Database database,
        Caller caller,
        AuditedAct act,
        Error refused,
        CancellationToken ct
    )
    {
        if (refused.Kind == ErrorKind.PermissionDenied && IsTold(caller))
        {
            await database.WriteAsync(
                db => AuditRows.AddAsync(db, caller, act, refused.Code, database.Clock.GetUtcNow()),
                ct
            );
        }

        return refused;
    }

    /// <summary>Tells of what the caller has changed in this transaction.</summary>
    public static Task TellAsync(this DbWrite db, Caller caller, AuditedAct act, DateTimeOffset at) =>
        IsTold(caller) ? AuditRows.AddAsync(db, caller, act, AuditRows.Done, at) : Task.CompletedTask;

    private static bool IsTold(Caller caller) => caller is Caller.Administrator or Caller.Member;
}
