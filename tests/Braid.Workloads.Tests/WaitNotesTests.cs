using Braid.Primitives;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;
using Braid.Workloads.Placement;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests;

/// <summary>A text is written when it says something new, not whenever somebody else's work moves a number.</summary>
public sealed class WaitNotesTests
{
    private static readonly RunId id = new(new Hex32(1));
    private static readonly DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly WaitNotes notes = new();

    [Fact]
    public void What_is_new_is_written_at_once()
    {
        Assert.Equal("The workload is suspended", Due(start, "", new WorkloadSuspended())?.Why);
        Assert.NotNull(Due(start, "The workload is suspended", Limit(1)));
    }

    [Fact]
    public void Numbers_that_move_are_written_after_ten_seconds_only()
    {
        var told = Due(start, "", Limit(1))?.Why ?? "";
        Assert.Null(Due(start.AddSeconds(9), told, Limit(2)));
        Assert.NotNull(Due(start.AddSeconds(10), told, Limit(2)));
        Assert.Null(Due(start.AddSeconds(19), told, Limit(3)));
    }

    [Fact]
    public void What_is_written_already_is_not_written_again()
    {
        var told = Due(start, "", Limit(1))?.Why ?? "";
        Assert.Null(Due(start.AddHours(1), told, Limit(1)));
    }

    [Fact]
    public void Who_got_a_place_in_between_is_told_anew()
    {
        Due(start, "", Limit(1));
        Assert.NotNull(Due(start.AddSeconds(1), "", Limit(1)));
    }

    private static OverLimit Limit(double allocated) => new("q", ResourceKind.Gpu, 1, allocated, 1);

    /// <summary>What is due is written.</summary>
    private WaitNote? Due(DateTimeOffset now, string told, BlockingConstraint reason)
    {
        var seen = new ClusterRows([], [], [new WorkloadRow { Id = id, Waiting = told }], [], [], []);
        var decisions = new Decisions([], [new Wait(id, [reason])], [], []);
        var due = notes.Due(seen, decisions, now);
        notes.Keep(due, decisions, now);
        return due.SingleOrDefault();
    }
}
