using Braid.Primitives;
using Braid.Scheduling.Sharing;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Sessions;

/// <summary>The queues of a session, and what each is entitled to.</summary>
internal sealed class QueueTree
{
    private readonly Dictionary<QueueId, SessionQueue> byId;

    public QueueTree(IReadOnlyList<Queue> queues)
    {
        All =
        [
            .. queues
                .OrderBy(queue => queue.CreatedAt)
                .ThenBy(queue => queue.Id.Value)
                .Select((queue, rank) => new SessionQueue(queue, rank)),
        ];
        byId = All.ToDictionary(queue => queue.Source.Id);
        foreach (var queue in All)
        {
            queue.Parent = queue.Source.Parent is { } parent ? byId.GetValueOrDefault(parent) : null;
            queue.Parent?.Children.Add(queue);
        }

        foreach (var queue in All)
        {
            queue.Path = [.. PathOf(queue)];
        }

        foreach (var siblings in All.GroupBy(queue => queue.Parent))
        {
            foreach (var (place, queue) in siblings.Index())
            {
                queue.Sibling = place;
            }
        }

        Tops = [.. All.Where(queue => queue.Source.Parent is null)];
    }

    /// <summary>By creation and id.</summary>
    public SessionQueue[] All { get; }

    public SessionQueue[] Tops { get; }

    public SessionQueue? Find(QueueId id) => byId.GetValueOrDefault(id);

    /// <summary>The queue on the way up whose parent does not exist, or whose parents run in a circle.</summary>
    public static SessionQueue? Broken(SessionQueue queue) =>
        queue.Path[^1] is { Source.Parent: not null } top ? top : null;

    /// <summary>Whether workloads may run in it.</summary>
    public static bool RunsWorkloads(SessionQueue queue) => queue.Children.Count == 0 && Broken(queue) is null;

    /// <summary>Shares out <paramref name="total"/>, level by level: what a queue is entitled to is what its children share.</summary>
    public void ShareOut(Resources total, double pastUsageFactor) => ShareOut(Tops, total, pastUsageFactor);

    private static void ShareOut(IReadOnlyList<SessionQueue> siblings, Resources total, double pastUsageFactor)
    {
        var cpu = Divide(siblings, ResourceKind.Cpu, total.CpuMillis, pastUsageFactor);
        var memory = Divide(siblings, ResourceKind.Memory, total.MemoryBytes, pastUsageFactor);
        var gpu = Divide(siblings, ResourceKind.Gpu, total.Gpus, pastUsageFactor);
        for (var i = 0; i < siblings.Count; i++)
        {
            var queue = siblings[i];
            queue.FairShare = new(cpu[i], memory[i], gpu[i]);
            queue.AllocatableShare = Amounts.Least(queue.Limit, Amounts.Most(queue.Quota, queue.FairShare));
            ShareOut(queue.Children, queue.FairShare, pastUsageFactor);
        }
    }

    private static double[] Divide(
        IReadOnlyList<SessionQueue> siblings,
        ResourceKind kind,
        double total,
        double pastUsageFactor
    )
    {
        var claims = new Claim[siblings.Count];
        for (var i = 0; i < claims.Length; i++)
        {
            var queue = siblings[i];
            claims[i] = new(
                queue.Quota[kind],
                queue.Limit[kind],
                queue.Source.AllowanceOf(kind).Weight,
                queue.Requested[kind],
                queue.Source.PastUsage[kind],
                queue.Source.Priority,
                queue.Rank
            );
        }

        return FairShare.Divide(total, claims, pastUsageFactor);
    }

    /// <summary>A circle of parents is cut where it would begin again.</summary>
    private static List<SessionQueue> PathOf(SessionQueue queue)
    {
        var path = new List<SessionQueue>();
        for (var at = queue; at is not null && !path.Contains(at); at = at.Parent)
        {
            path.Add(at);
        }

        return path;
    }
}
