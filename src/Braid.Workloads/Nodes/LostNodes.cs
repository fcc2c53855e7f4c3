using Braid.Metadata;
using Braid.Workloads.Desks;
using Braid.Workloads.Replicas;

namespace Braid.Workloads.Nodes;

/// <summary>
/// Gives up what ran on machines whose agents have not asked for a while. After a start of the server, or a pause of
/// it, everybody gets the whole time: agents could not have asked while it was away.
/// </summary>
internal sealed class LostNodes(Database database, NodeDesk desk, TimeProvider clock)
{
    /// <summary>Between two steps; who was away for longer could not have been asked.</summary>
    private static readonly TimeSpan longestStep = TimeSpan.FromSeconds(5);

    private DateTimeOffset begun = clock.GetUtcNow();
    private DateTimeOffset last = clock.GetUtcNow();

    /// <returns>False: the next one takes time to go.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        begun = now - last > longestStep ? now : begun;
        last = now;
        if (now - begun < NodeRow.Patience)
        {
            return false;
        }

        foreach (var name in await database.ReadAsync(db => SilentAsync(db, now), ct))
        {
            await database.WriteAsync(db => GiveUpAsync(db, name), ct);
        }

        return false;
    }

    /// <summary>Those that do not ask but are to run something.</summary>
    private static Task<IReadOnlyList<string>> SilentAsync(DbRead db, DateTimeOffset now) =>
        db.QueryAsync<string>(
            """
            SELECT n.name FROM node n WHERE n.last_seen <= @before AND EXISTS (
              SELECT 1 FROM replica r WHERE r.node = n.name AND r.state IN ('bound', 'running', 'releasing'))
            """,
            new { before = now - NodeRow.Patience }
        );

    private async Task GiveUpAsync(DbWrite db, string name)
    {
        var now = clock.GetUtcNow();
        if (await NodeRow.FindAsync(db, name) is not { } node || node.IsAlive(now))
        {
            return; // it has asked meanwhile
        }

        foreach (var replica in await ReplicaRow.OnAsync(db, name))
        {
            await desk.LoseAsync(
                db,
                replica,
                $"node {name} has not answered for {(now - node.LastSeen).TotalSeconds:0} s"
            );
        }

        db.Announce(Topics.Placement);
    }
}
