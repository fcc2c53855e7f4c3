using Braid.Primitives;
using Braid.Testing;
using Braid.Workloads.Explaining;
using Braid.Workloads.Kinds;
using Braid.Workloads.Replaying;

namespace Braid.Workloads.Tests.Replaying;

/// <summary>How much of the past is lived through again, by how many, and for how long.</summary>
public sealed class PastLimitTests
{
    private static readonly TimeSpan day = TimeSpan.FromDays(1);

    private static readonly SupposedTerms none = new(
        new Dictionary<string, double>(),
        new Dictionary<string, double>(),
        new Dictionary<string, double>()
    );

    [Theory]
    [InlineData(1999, null)]
    [InlineData(2000, "workloads.past-too-long")]
    public async Task Two_thousand_workloads_are_replayed_and_no_more(int more, string? refused)
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var first = await fixture.SubmitAsync();
        await fixture.Database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    """
                    WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < @more)
                    INSERT INTO workload (
                      id, share, name, kind, user_name, project_id, spec, status, state, suspended, waiting, created, fence, run_id)
                    SELECT printf('%032x', n), share, 'train-' || n, kind, user_name, project_id, spec, status, state, suspended, waiting,
                      created, fence, printf('%032x', n)
                    FROM workload, number WHERE id = @Id
                    """,
                    new { first.Id, more }
                ),
            default
        );
        var told = await fixture.Host.Past.ReplayAsync(WorkloadsFixture.Someone, day, none, default);
        Assert.Equal(refused, told.Error?.Code);
        if (refused is null)
        {
            Assert.Equal(more + 1, Assert.Single(told.Value.Recorded).Waited);
        }
    }

    [Fact]
    public async Task One_question_is_answered_at_a_time_and_the_next_one_when_it_is()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        PastQuestions? past = null;
        Task<Result<Retrospect>>? second = null;
        var clock = new WatchedClock(fixture.Clock)
        {
            // A question that is asked while the first one is.
            OnLook = () => second ??= past!.ReplayAsync(WorkloadsFixture.Someone, day, none, default),
        };
        past = new(fixture.Database, new Works(), clock);
        Assert.True((await past.ReplayAsync(WorkloadsFixture.Someone, day, none, default)).IsOk);
        var refused = (await second!).Error;
        Assert.Equal(("workloads.replay-busy", ErrorKind.Unavailable), (refused?.Code, refused?.Kind));
        Assert.True((await past.ReplayAsync(WorkloadsFixture.Someone, day, none, default)).IsOk);
    }

    [Fact]
    public async Task What_takes_longer_than_its_time_is_given_up_and_a_shorter_past_is_suggested()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.RegisterAsync();
        await fixture.SubmitAsync();
        var past = new PastQuestions(fixture.Database, new Works(), new WatchedClock(fixture.Clock) { IsOver = true });
        var told = await past.ReplayAsync(WorkloadsFixture.Someone, day, none, default);
        Assert.Equal(("workloads.past-too-long", ErrorKind.ResourceExhausted), (told.Error?.Code, told.Error?.Kind));
        Assert.Contains("ask for a shorter time", told.Error?.Message, StringComparison.Ordinal);
    }

    /// <summary>A clock that tells when it is looked at, or on which all that is waited for is over at once.</summary>
    private sealed class WatchedClock(TimeProvider clock) : TimeProvider
    {
        public Action? OnLook { get; init; }
        public bool IsOver { get; init; }

        public override DateTimeOffset GetUtcNow()
        {
            OnLook?.Invoke();
            return clock.GetUtcNow();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (IsOver)
            {
                callback(state);
            }

            return clock.CreateTimer(callback, state, dueTime, period);
        }
    }
}
