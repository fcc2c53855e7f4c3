using Braid.Client.Records;
using Braid.Testing;

namespace Braid.Client.Tests;

/// <summary>Processes of one distributed training: one run, made by the first of them.</summary>
public sealed class RankTests : IDisposable
{
    private readonly Runs runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public async Task Other_ranks_log_into_the_run_that_rank_zero_made_under_names_of_their_own()
    {
        var (first, second) = (new FakeBackend(), new FakeBackend());
        await LogAsync(first, rank: 0);
        await LogAsync(second, rank: 1);

        Assert.Equal(first.RunId, second.Start?.RunId);
        Assert.Equal(["loss"], first.Of(RecordKind.Metric).Select(record => record.Name));
        Assert.Equal(["loss/rank1"], second.Of(RecordKind.Metric).Select(record => record.Name));
        Assert.Single(first.Of(RecordKind.Parameter));
        Assert.Empty(second.Of(RecordKind.Parameter));
        Assert.NotNull(first.End);
        Assert.Null(second.End);
    }

    [Fact]
    public async Task A_rank_that_is_first_waits_for_rank_zero()
    {
        var (first, second) = (new FakeBackend(), new FakeBackend());
        var other = Start(second, rank: 1);
        other.LogMetric("loss", 1, 0);
        await LogAsync(first, rank: 0);
        await other.DisposeAsync();
        Assert.Equal(first.RunId, second.Start?.RunId);
        Assert.Single(second.Records);
    }

    [Fact]
    public async Task A_rank_that_cannot_know_the_run_says_so_and_keeps_what_it_logged()
    {
        var backend = new FakeBackend();
        var options = runs.To(backend) with
        {
            Ranks = new() { Rank = 1, WorldSize = 2 },
        };
        var experiment = Experiment.StartLogging("run", null, options);
        experiment.LogMetric("loss", 1, 0);
        await experiment.DisposeAsync();
        Assert.Equal(1, experiment.LeftForLater);
        Assert.Contains(runs.Problems, problem => problem.Contains("TRACELET_RUN_ID"));
    }

    [Fact]
    public async Task What_another_rank_left_is_sent_to_the_run_of_rank_zero_that_started_with_it()
    {
        await LeaveAsync(rank: 1); // before rank 0 in time and name
        await LeaveAsync(rank: 0);
        var later = new FakeBackend();
        var report = await Experiment.ResumeAsync(runs.To(later));

        Assert.Equal(new ResumeReport(Sent: 2, Left: 0), report);
        Assert.Equal(["loss", "loss/rank1"], later.Of(RecordKind.Metric).Select(record => record.Name));
        Assert.Equal(later.RunId, later.Start?.RunId);
    }

    [Fact]
    public async Task What_another_rank_left_is_not_sent_to_a_run_of_another_launch()
    {
        var clock = new ManualClock();
        await LeaveAsync(rank: 1, clock);
        clock.Advance(TimeSpan.FromHours(1));
        await using (Start(new FakeBackend(), rank: 0, clock)) { }

        var report = await Experiment.ResumeAsync(runs.To(new FakeBackend()));
        Assert.Equal(new ResumeReport(Sent: 0, Left: 1), report);
        Assert.Contains(runs.Problems, problem => problem.Contains("rank 1 does not know the run"));
    }

    [Fact]
    public async Task Where_runs_cannot_be_shared_each_rank_makes_its_own()
    {
        var backend = new FakeBackend { CanShareRuns = false };
        await LogAsync(backend, rank: 1);
        Assert.Equal("run (rank 1)", backend.Start?.Name);
        Assert.Equal(["loss"], backend.Of(RecordKind.Metric).Select(record => record.Name));
        Assert.NotNull(backend.End);
    }

    private async Task LogAsync(FakeBackend backend, int rank)
    {
        await using var experiment = Start(backend, rank);
        experiment.LogMetric("loss", 1, 0);
        experiment.LogParam("rate", 0.1);
    }

    /// <summary>A process whose backend is away until its end.</summary>
    private async Task LeaveAsync(int rank, TimeProvider? clock = null)
    {
        var away = new FakeBackend { Away = true };
        var experiment = Start(away, rank, clock, TimeSpan.FromMilliseconds(50));
        experiment.LogMetric("loss", 1, 0);
        await experiment.DisposeAsync();
    }

    private Experiment Start(FakeBackend backend, int rank, TimeProvider? clock = null, TimeSpan? patience = null)
    {
        var ranks = new RankOptions
        {
            Rank = rank,
            WorldSize = 2,
            Launch = "this one",
        };
        var options = runs.To(backend) with
        {
            Ranks = ranks,
            ResumeSpooled = false,
            Clock = clock ?? TimeProvider.System,
            FlushTimeout = patience ?? TimeSpan.FromMinutes(1),
        };
        return Experiment.StartLogging("run", "project", options);
    }
}
