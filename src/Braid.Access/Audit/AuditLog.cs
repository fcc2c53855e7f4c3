using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Access.Audit;

/// <summary>Who changed what, when, from where, and who was refused what. Administrators read it; nobody changes it.</summary>
public sealed class AuditLog(Database database, TimeProvider clock, TimeSpan keep)
{
    /// <summary>However many there are within the time for which they are kept.</summary>
    public const long MostLines = 1_000_000;

    private const string columns = "number, at, user_name, door, address, action, target, details, outcome";

    public async Task<Result<AuditPage>> ListAsync(Caller caller, AuditQuery query, CancellationToken ct)
    {
        if (caller.MayAdminister() is { } refused)
        {
            return refused;
        }

        var limit = Math.Clamp(query.Limit, 1, AuditQuery.MostLines);
        var lines = await database.ReadAsync(
            db =>
                db.QueryAsync<AuditEntry>(
                    $"SELECT {columns} FROM audit WHERE {Condition(query)} ORDER BY number DESC LIMIT @limit",
                    new
                    {
                        query.User,
                        query.Action,
                        within = query.Action + ".",
                        query.Target,
                        query.Since,
                        query.Until,
                        query.Before,
                        limit = limit + 1L,
                    }
                ),
            ct
        );
        return new AuditPage([.. lines.Take(limit)], lines.Count > limit);
    }

    /// <summary>Forgets the oldest lines: those that are too old, or too many. One step of a loop.</summary>
    /// <returns>False: there is nothing more to do at once.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        await database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync(
                    "DELETE FROM audit WHERE at < @before",
                    new { before = clock.GetUtcNow() - keep }
                );
                await db.ExecuteAsync(
                    "DELETE FROM audit WHERE number <= (SELECT MAX(number) FROM audit) - @MostLines",
                    new { MostLines }
                );
            },
            ct
        );
        return false;
    }

    private static string Condition(AuditQuery query)
    {
        List<string> conditions =
        [
            .. Given(query.User, "user_name = @User"),
            .. Given(query.Action, "(action = @Action OR SUBSTR(action, 1, LENGTH(@within)) = @within)"),
            .. Given(query.Target, "REPLACE(LOWER(target), LOWER(@Target), '') <> LOWER(target)"),
            .. Given(query.Since, "at >= @Since"),
            .. Given(query.Until, "at < @Until"),
            .. Given(query.Before, "number < @Before"),
            .. query.IsRefused ? ["outcome <> ''"] : (string[])[],
        ];
        return conditions.Count == 0 ? "TRUE" : string.Join(" AND ", conditions);
    }

    private static IEnumerable<string> Given(object? value, string condition) => value is null ? [] : [condition];
}
