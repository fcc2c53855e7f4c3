using Braid.Scheduling.Ordering;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Actions;

/// <summary>Whom one pending workload may displace, and what has to hold afterwards.</summary>
internal interface IVictimRules
{
    EvictionReason Reason { get; }

    /// <summary>Whether victims may be moved; those that may not only stay or go.</summary>
    bool MayMove { get; }

    /// <summary>How many replicas may be displaced; null for any number.</summary>
    int? MaxReplicas { get; }

    /// <summary>Whether it may lose this, after all that was taken before.</summary>
    VictimAnswer MayTake(SessionWorkload victim, TaskSet loss);

    /// <summary>Whether the outcome may stand: the pending workload has its place, and these have lost theirs.</summary>
    bool Accepts(IReadOnlyList<TaskSet> evicted);
}

/// <summary>Whether something may be taken, and if not, from whom nothing more is to be asked.</summary>
internal enum VictimAnswer
{
    Take,
    SkipWorkload,
    SkipQueue,
}
