using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Workloads.Nodes;

/// <summary>The machines; everybody may see them, administrators cordon and remove them.</summary>
public sealed class Nodes(Database database, TimeProvider clock)
{
    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<Node>> ListAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return [.. (await database.ReadAsync(NodeRow.AllAsync, ct)).Select(row => row.ToNode(now))];
    }

    /// <summary>Says whether anything new may be placed on a node; what runs there goes on.</summary>
    public Task<Result<Unit>> CordonAsync(Caller caller, string name, bool cordoned, CancellationToken ct) =>
        ChangeAsync(
            caller,
            name,
            "UPDATE node SET cordoned = @cordoned WHERE name = @name",
            new { name, cordoned },
            ct
        );

    /// <summary>Forgets a node whose agent is gone.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, string name, CancellationToken ct) =>
        ChangeAsync(
            caller,
            name,
            "DELETE FROM node WHERE name = @name AND last_seen < @seen",
            new { name, seen = clock.GetUtcNow() - NodeRow.Patience },
            ct
        );

    private Task<Result<Unit>> ChangeAsync(
        Caller caller,
        string name,
        string sql,
        object arguments,
        CancellationToken ct
    ) =>
        caller.MayAdminister() is { } refused
            ? Task.FromResult<Result<Unit>>(refused)
            : database.WriteAsync<Unit>(
                async db =>
                {
                    if (await NodeRow.FindAsync(db, name) is null)
                    {
                        return Errors.NoSuchNode(name);
                    }

                    if (await db.ExecuteAsync(sql, arguments) == 0)
                    {
                        return Errors.NodeAlive(name);
                    }

                    db.Announce(Topics.Placement);
                    return Unit.Value;
                },
                ct
            );
}
