using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Workloads.Desks;
using Braid.Workloads.Parts;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests;

/// <summary>What has ended costs those nothing that live.</summary>
public sealed partial class HistoryTests
{
    [Fact]
    public async Task No_statement_of_work_that_comes_runs_and_ends_goes_through_what_has_ended()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.RegisterAsync(queues: ["mine"]);
        await LiveAsync(fixture);
        var statements = new ConcurrentQueue<string>();
        fixture.Database.Watch = statements.Enqueue;
        await LiveAsync(fixture);
        await fixture.Host.Workloads.ListAsync(WorkloadsFixture.Someone, null, live: true, default);
        await fixture.Host.Parts.StopAllAsync("", default);
        fixture.Database.Watch = null;

        var looked = statements.Distinct(StringComparer.Ordinal).Where(text => OfWork().IsMatch(text)).ToList();
        Assert.InRange(looked.Count, 20, 100);
        foreach (var statement in looked)
        {
            Assert.All(
                await PlanAsync(fixture, statement),
                step => Assert.False(ReadsHistory(step), $"{step}: {statement}")
            );
        }
    }

    [Fact]
    public async Task A_part_that_has_ended_is_forgotten_after_a_day()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var keeping = fixture.NewKeeping();
        var part = await SubmitPartAsync(fixture);
        await fixture.Host.Seats.LeaveAsync(part);
        await keeping.StepAsync(default);
        Assert.Equal(WorkloadState.Succeeded, (await fixture.GetAsync(part)).State);

        fixture.Clock.Advance(TimeSpan.FromDays(1));
        await keeping.StepAsync(default);
        Assert.False((await fixture.Host.Workloads.GetAsync(WorkloadsFixture.Someone, part, default)).IsOk);
        Assert.Equal(
            0,
            await fixture.Database.ReadAsync(db => db.ScalarAsync<long>("SELECT COUNT(*) FROM replica"), default)
        );
    }

    /// <summary>Work is submitted, placed, run and told about, by all that do so.</summary>
    private static async Task LiveAsync(WorkloadsFixture fixture)
    {
        var workload = await fixture.SubmitAsync();
        var part = await SubmitPartAsync(fixture);
        await fixture.FollowAsync();
        var order = Assert.Single(await fixture.OrdersAsync());
        await fixture.StartAsync(order.Attempt);
        await fixture.Host.Desk.AppendAsync(
            WorkloadsFixture.Someone,
            "node-a",
            "epoch-1",
            order.Attempt,
            0,
            [new(fixture.Clock.GetUtcNow(), false, "one")],
            default
        );
        await fixture.EndAsync(order.Attempt, 0);
        await fixture.Host.Seats.LeaveAsync(part);
        await fixture.NewKeeping().StepAsync(default);
        await fixture.FollowAsync();
        Assert.Equal(WorkloadState.Succeeded, (await fixture.GetAsync(workload.Id)).State);
    }

    private static async Task<RunId> SubmitPartAsync(WorkloadsFixture fixture)
    {
        var run = new RunId(IdSource.System.Next());
        var project = await fixture.Database.WriteAsync(
            db => fixture.Runs.CreateForJobAsync(db, new(run, null, "pipelines", "seat")),
            default
        );
        var seat = new WorkloadSpec { Kind = WorkloadKind.Train, IsSeat = true };
        return (await fixture.Host.Parts.SubmitAsync(new NewPart(run, project, "seat", seat), default)).Value;
    }

    private static async Task<IEnumerable<string>> PlanAsync(WorkloadsFixture fixture, string statement)
    {
        var names = ParameterName().Matches(statement).Select(found => found.Value).Distinct(StringComparer.Ordinal);
        var steps = await fixture.Database.ReadAsync(
            db =>
                db.QueryAsync<Step>(
                    $"EXPLAIN QUERY PLAN {statement}",
                    names.ToDictionary(name => name, _ => (object)0L)
                ),
            default
        );
        return steps.Select(step => step.Detail);
    }

    /// <summary>All of a table, or all of a share's, where it is no index of what lives.</summary>
    private static bool ReadsHistory(string step) => Whole().IsMatch(step);

    [GeneratedRegex(@"\b(?:workload|replica|workload_event)\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfWork();

    [GeneratedRegex(@"(?<=@)\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterName();

    [GeneratedRegex(
        @"^SCAN (?!.* (?:workload_live|replica_held)\b|(?:TABLE )?(?:share|node|s|n|SUBQUERY|CONSTANT)\b)|workload_by_share \(share=\?\)",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Whole();

    private sealed record Step
    {
        public string Detail { get; init; } = "";
    }
}
