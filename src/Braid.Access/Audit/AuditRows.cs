using Braid.Access.Callers;
using Braid.Access.Texts;
using Braid.Metadata;

namespace Braid.Access.Audit;

/// <summary>The rows of <c>audit</c>.</summary>
internal static class AuditRows
{
    /// <summary>The outcome of what was done.</summary>
    public const string Done = "";

    private const string insert = """
        INSERT INTO audit (at, user_name, door, address, action, target, details, outcome)
        VALUES (@at, @user, @Door, @Address, @Action, @target, @details, @outcome)
        """;

    public static Task AddAsync(DbWrite db, Caller caller, AuditedAct act, string outcome, DateTimeOffset at) =>
        AddAsync(db, caller.Name, caller.Origin ?? CallerOrigin.Unknown, act, outcome, at);

    public static Task AddAsync(
        DbWrite db,
        string user,
        CallerOrigin origin,
        AuditedAct act,
        string outcome,
        DateTimeOffset at
    ) =>
        db.ExecuteAsync(
            insert,
            new
            {
                at,
                user,
                origin.Door,
                origin.Address,
                act.Action,
                target = DisplayText.Quote(act.Target),
                details = DisplayText.Quote(act.Details),
                outcome,
            }
        );
}
