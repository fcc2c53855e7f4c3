using Braid.Scheduling.Ordering;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Sessions;

/// <summary>A workload while a cycle decides.</summary>
internal sealed class SessionWorkload(Workload source, SessionQueue? queue, int rank, int priority)
{
    private int nextVersion = -1;
    private TaskSet next = TaskSet.Empty;
    private int lossVersion = -1;
    private TaskSet loss = TaskSet.Empty;
    private int fullnessVersion = -1;
    private int fullness;

    public Workload Source { get; } = source;

    /// <summary>Null when its queue does not exist.</summary>
    public SessionQueue? Queue { get; } = queue;

    /// <summary>Its place by creation and id; also its index in the session.</summary>
    public int Rank { get; } = rank;

    /// <summary>The priority by which it is ordered: its own, and what waiting added.</summary>
    public int Priority { get; } = priority;

    public bool IsPreemptible { get; } = source.IsPreemptible;

    /// <summary>The groups that have replicas, by name.</summary>
    public SessionGroup[] Groups { get; set; } = [];

    /// <summary>The groups that are part of no other.</summary>
    public SessionGroup[] Roots { get; set; } = [];

    /// <summary>Some group has a topology of its own.</summary>
    public bool HasPartsThatLieTogether { get; } = source.Groups.Any(group => group.Topology is not null);

    /// <summary>Counts every change of one of its replicas.</summary>
    public int Version { get; set; }

    /// <summary>This cycle decided something about it: it is nobody's victim any more.</summary>
    public bool IsDecided { get; set; }

    /// <summary>What is to be placed next, together.</summary>
    public TaskSet Next
    {
        get
        {
            if (nextVersion != Version)
            {
                next = TaskSet.NextOf(this);
                nextVersion = Version;
            }

            return next;
        }
    }

    /// <summary>What it would lose next, together.</summary>
    public TaskSet NextLoss
    {
        get
        {
            if (lossVersion != Version)
            {
                loss = TaskSet.VictimsOf(this);
                lossVersion = Version;
            }

            return loss;
        }
    }

    /// <summary>How far it is: 0 below what it must have, 1 exactly there, 2 above.</summary>
    public int Fullness
    {
        get
        {
            if (fullnessVersion != Version)
            {
                fullness =
                    !IsGangActive ? 0
                    : IsAboveMin ? 2
                    : 1;
                fullnessVersion = Version;
            }

            return fullness;
        }
    }

    public bool HasPending => Array.Exists(Groups, group => group.Pending > 0);

    /// <summary>Every group has, or could have, the replicas that it must.</summary>
    public bool IsReady => Array.TrueForAll(Groups, group => group.Placeable >= group.Min);

    /// <summary>Every group has the replicas that it must, those that are ending included.</summary>
    public bool IsGangSatisfied => Array.TrueForAll(Groups, group => group.Using >= group.Min);

    /// <summary>Every group has, or is promised, the replicas that it must.</summary>
    public bool IsGangActive => Array.TrueForAll(Groups, group => group.Active >= group.Min);

    /// <summary>No group has some but fewer replicas than it must.</summary>
    public bool IsWhole => Array.TrueForAll(Groups, group => group.Active == 0 || group.Active >= group.Min);

    public int Active
    {
        get
        {
            var active = 0;
            foreach (var group in Groups)
            {
                active += group.Active;
            }

            return active;
        }
    }

    /// <summary>Somebody has more than it must: it can lose replicas one by one.</summary>
    public bool IsAboveMin => Array.Exists(Groups, group => group.Active > group.Min);

    public IEnumerable<SessionReplica> Replicas => Groups.SelectMany(group => group.Replicas);
}
