using Braid.Metadata;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Replicas;

/// <summary>Taking a replica off its node: its node is told to stop it, and its place is free when it says that it has.</summary>
internal static class Releasing
{
    /// <summary>A node runs it, or is to.</summary>
    public static bool IsHeld(ReplicaRow replica) =>
        replica.ReadState() is ReplicaState.Bound or ReplicaState.Running or ReplicaState.Releasing;

    /// <summary>Begins it. One that is being released already keeps the reason that lets less of it go on.</summary>
    public static async Task BeginAsync(DbWrite db, ReplicaRow replica, string reason, string message)
    {
        if (replica.ReadState() == ReplicaState.Releasing && !ReleaseReason.Waits(replica.Release))
        {
            return;
        }

        await ReplicaRow.UpdateAsync(
            db,
            replica with
            {
                State = ReplicaRow.ToText(ReplicaState.Releasing),
                Release = reason,
                Message = message,
            }
        );
        db.Announce(Topics.Node(replica.Node ?? ""));
    }

    /// <summary>It is off its node: what becomes of it follows from why.</summary>
    public static Task EndAsync(DbWrite db, ReplicaRow replica, DateTimeOffset now) =>
        replica.Release switch
        {
            ReleaseReason.Removed => ReplicaRow.DeleteAsync(db, replica, now),
            var reason when ReleaseReason.Waits(reason) => ReplicaRow.WaitAsync(
                db,
                replica,
                now,
                waiting => waiting with { Restarts = ReleaseReason.RestartsOf(reason) ?? replica.Restarts }
            ),
            _ => ReplicaRow.UpdateAsync(
                db,
                replica with
                {
                    State = ReplicaRow.ToText(ReplicaState.Failed),
                    Ended = now,
                    Message = replica.Message.Length > 0 ? replica.Message : "was stopped with its workload",
                }
            ),
        };
}
