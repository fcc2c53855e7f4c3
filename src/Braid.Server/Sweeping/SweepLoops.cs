using Braid.Metadata.Changes;

namespace Braid.Server.Sweeping;

/// <summary>What is freed by itself as time passes: uploads that nobody goes on with, and content that nothing refers to.</summary>
internal static class SweepLoops
{
    /// <summary>A plan that is applied does not wait long; looking costs nothing.</summary>
    private static readonly TimeSpan look = TimeSpan.FromSeconds(1);

    public static void Start(LoopGroup loops, Rooms rooms)
    {
        loops.Start("abandoned uploads", rooms.Data.Uploads.EndAbandonedAsync, TimeSpan.FromHours(1));
        loops.Start("reclaiming space", rooms.Sweeper.StepAsync, look);
    }
}
