using Braid.Metadata;
using Braid.Workloads.Desks;
using Braid.Workloads.Replicas;

namespace Braid.Workloads.Nodes;

/// <summary>
/// Gives up what ran on machines whose agents have not asked for a while. What counts is how long a node's last sign of life has not
/// changed while this server watched: clocks are set, and those of servers differ. After a start of the server, or a pause of it,
/// everybody gets the whole time: agents could not have asked while it was away.
/// </summary>
internal sealed class LostNodes(Database database, NodeDesk desk, TimeProvider clock)
{
    /// <summary>Between two steps; who was away for longer could not have been asked.</summary>
    private static readonly TimeSpan longestStep = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Sign> signs = new(StringComparer.Ordinal);
    private long last = clock.GetTimestamp();

    /// <returns>False: the next one takes time to go.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        if (clock.GetElapsedTime(last) > longestStep)
        {
            signs.Clear();
        }

        last = clock.GetTimestamp();
        var nodes = await database.ReadAsync(NodeRow.AllAsync, ct);
        foreach (var gone in signs.Keys.Except(nodes.Select(node => node.Name), StringComparer.Ordinal).ToList())
        {
            signs.Remove(gone);
        }

        foreach (var node in nodes.Where(IsSilent))
        {
            await database.WriteAsync(db => GiveUpAsync(db, node), ct);
        }

        return false;
    }

    private bool IsSilent(NodeRow node)
    {
        if (!signs.TryGetValue(node.Name, out var sign) || sign.LastSeen != node.LastSeen)
        {
            signs[node.Name] = sign = new(node.LastSeen, clock.GetTimestamp());
        }

        return clock.GetElapsedTime(sign.Since) >= NodeRow.Patience;
    }

    private async Task GiveUpAsync(DbWrite db, NodeRow silent)
    {
        if (await NodeRow.FindAsync(db, silent.Name) is not { } node || node.LastSeen != silent.LastSeen)
        {
            return; // it has asked meanwhile
        }

        var now = clock.GetUtcNow();
        if (node.IsAlive(now))
        {
            // It asked before the clock was set back: nothing is to be placed there for that.
            await NodeRow.SeeAsync(db, node.Name, now - NodeRow.Patience);
        }

        var held = await ReplicaRow.OnAsync(db, node.Name);
        foreach (var replica in held)
        {
            await desk.LoseAsync(
                db,
                replica,
                $"node {node.Name} has not answered for {clock.GetElapsedTime(signs[node.Name].Since).TotalSeconds:0} s"
            );
        }

        if (held.Count > 0)
        {
            db.Announce(Topics.Placement);
        }
    }

    /// <summary>A node's last sign of life, and since when it is the last.</summary>
    private readonly record struct Sign(DateTimeOffset LastSeen, long Since);
}
