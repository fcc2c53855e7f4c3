using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Queues;
using Braid.Tracking.Workers;
using Braid.Workloads.Queued;

namespace Braid.Workloads.Nodes;

/// <summary>The machines; everybody may see them, administrators cordon and remove them.</summary>
public sealed class Nodes(Database database, TimeProvider clock)
{
    /// <summary>By name; ours before the workers (ClearML's agents) that take runs from queues of which the runs are placed.</summary>
    public async Task<IReadOnlyList<Node>> ListAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (nodes, queues, workers) = await database.ReadAsync(ReadAsync, ct);
        return
        [
            .. nodes.Select(row => row.ToNode(now)),
            .. workers
                .Where(worker => worker.IsThere(now) && worker.Queues.Any(id => queues.Any(queue => queue.Id == id)))
                .Select(worker => WorkerNodes.Show(worker, now)),
        ];
    }

    /// <summary>Says whether anything new may be placed on a node; what runs there goes on.</summary>
    public Task<Result<Unit>> CordonAsync(Caller caller, string name, bool cordoned, CancellationToken ct) =>
        ChangeAsync(
            caller,
            new(cordoned ? "machine.cordon" : "machine.uncordon", name),
            name,
            "UPDATE node SET cordoned = @cordoned WHERE name = @name",
            new { name, cordoned },
            ct
        );

    /// <summary>Forgets a node whose agent is gone.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, string name, CancellationToken ct) =>
        ChangeAsync(
            caller,
            new("machine.delete", name),
            name,
            "DELETE FROM node WHERE name = @name AND last_seen < @seen",
            new { name, seen = clock.GetUtcNow() - NodeRow.Patience },
            ct
        );

    private static async Task<(IReadOnlyList<NodeRow>, IReadOnlyList<PlacedQueue>, IReadOnlyList<Worker>)> ReadAsync(
        DbRead db
    ) => (await NodeRow.AllAsync(db), await PlacedQueues.ReadAsync(db), await PlacedQueues.WorkersAsync(db));

    private Task<Result<Unit>> ChangeAsync(
        Caller caller,
        AuditedAct act,
        string name,
        string sql,
        object arguments,
        CancellationToken ct
    ) =>
        database.WriteAsync<Unit>(
            caller,
            act,
            caller.MayAdminister(),
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
