using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Tests;

public sealed class SilentRunTests
{
    private static readonly Caller someone = TrackingFixture.Someone;
    private static readonly TimeSpan minute = TimeSpan.FromMinutes(1);

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_run_whose_program_used_to_ping_and_is_silent_for_two_hours_is_stopped(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var silent = new SilentRuns(tracking.Database, tracking.Clock);
        var (pinging, quiet) = (await StartAsync(tracking), await StartAsync(tracking));
        await tracking.Runs.PingAsync(someone, pinging, default);

        tracking.Clock.Advance(SilentRuns.Patience - minute);
        await silent.StepAsync(default);
        Assert.Equal(RunStatus.InProgress, (await GetAsync(tracking, pinging)).Status);

        tracking.Clock.Advance(2 * minute);
        await silent.StepAsync(default);
        var stopped = await GetAsync(tracking, pinging);
        Assert.Equal(
            (RunStatus.Stopped, "Forced stop (non-responsive)", "Forced stop (non-responsive)"),
            (stopped.Status, stopped.StatusReason, stopped.StatusMessage)
        );
        Assert.Equal(RunStatus.InProgress, (await GetAsync(tracking, quiet)).Status);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task After_a_start_everybody_has_the_whole_time_to_be_heard(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await StartAsync(tracking);
        await tracking.Runs.PingAsync(someone, run, default);
        tracking.Clock.Advance(10 * SilentRuns.Patience);

        var silent = new SilentRuns(tracking.Database, tracking.Clock);
        await silent.StepAsync(default);
        Assert.Equal(RunStatus.InProgress, (await GetAsync(tracking, run)).Status);

        tracking.Clock.Advance(SilentRuns.Patience + minute);
        await silent.StepAsync(default);
        Assert.Equal(RunStatus.Stopped, (await GetAsync(tracking, run)).Status);
    }

    private static async Task<RunId> StartAsync(TrackingFixture tracking)
    {
        var run = await tracking.DraftAsync();
        return (await tracking.Runs.SetStatusAsync(someone, run.Id, new(RunStatus.InProgress), default)).Value.Id;
    }

    private static async Task<Run> GetAsync(TrackingFixture tracking, RunId run) =>
        (await tracking.Runs.GetAsync(someone, run, RunParts.None, default)).Value;
}
