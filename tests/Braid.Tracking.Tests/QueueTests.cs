using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Filters;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;
using Braid.Tracking.Workers;

namespace Braid.Tracking.Tests;

public sealed class QueueTests
{
    private static readonly Caller someone = TrackingFixture.Someone;

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Workers_that_take_at_once_get_each_run_once(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var queue = await QueueAsync(tracking, "fast");
        var runs = await EnqueueAsync(tracking, queue, 40);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TakeAllAsync(tracking, queue)));

        Assert.Equal(runs.Order(), taken.SelectMany(each => each).Order());
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_several_queues_the_next_runs_and_how_many_wait_are_read_at_once(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (fast, slow, empty) = (
            await QueueAsync(tracking, "fast"),
            await QueueAsync(tracking, "slow"),
            await QueueAsync(tracking, "empty")
        );
        var (first, second) = (await EnqueueAsync(tracking, fast, 3), await EnqueueAsync(tracking, slow, 2));

        var all = (await tracking.Queues.ListAsync(someone, new(), default)).Value.Items.ToDictionary(one => one.Id);
        var next = (await tracking.Queues.ListAsync(someone, new() { MostEntries = 2 }, default)).Value.Items;
        var waiting = (await tracking.Waiting.CountAsync(someone, [fast, slow, empty], default)).Value;

        Assert.Equal(first, all[fast].Entries.Select(entry => entry.Run));
        Assert.Equal(second, all[slow].Entries.Select(entry => entry.Run));
        Assert.Empty(all[empty].Entries);
        Assert.Equal(first.Take(2), next.Single(queue => queue.Id == fast).Entries.Select(entry => entry.Run));
        Assert.Equal((3L, 2L, 2), (waiting[fast], waiting[slow], waiting.Count));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task There_is_one_default_queue_however_often_a_server_starts(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        await tracking.Queues.EnsureDefaultAsync(default);
        var made = (await tracking.Queues.GetDefaultAsync(someone, default)).Value;
        await tracking.Queues.EnsureDefaultAsync(default);

        Assert.Equal("default", made.Name);
        Assert.Equal(made.Id, (await tracking.Queues.GetDefaultAsync(someone, default)).Value.Id);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_queue_that_somebody_named_default_stays_as_it_is(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        await QueueAsync(tracking, "default");
        await tracking.Queues.EnsureDefaultAsync(default);

        Assert.False((await tracking.Queues.GetDefaultAsync(someone, default)).IsOk);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Any_moves_keep_the_order_that_a_list_would_have(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var queue = await QueueAsync(tracking, "fast");
        var expected = await EnqueueAsync(tracking, queue, 8);
        var random = new Random(Seed.Pick());

        for (var step = 0; step < 40; step++)
        {
            var run = expected[random.Next(expected.Count)];
            var (move, count) = ((QueueMove)random.Next(4), random.Next(0, 10));
            var old = expected.IndexOf(run);
            var place = move switch
            {
                QueueMove.ToFront => 0,
                QueueMove.ToBack => expected.Count - 1,
                QueueMove.Forward => Math.Max(0, old - count),
                _ => Math.Min(expected.Count - 1, old + count),
            };
            expected.RemoveAt(old);
            expected.Insert(place, run);

            var moved = await tracking.Waiting.MoveAsync(someone, queue, run, move, count, default);

            Assert.Equal(place, moved.Value);
            var found = (await tracking.Queues.GetAsync(someone, queue, null, default)).Value;
            Assert.Equal(expected, found.Entries.Select(entry => entry.Run));
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Asking_an_empty_queue_writes_nothing(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var queue = await QueueAsync(tracking, "fast");
        var writes = 0;
        tracking.Database.Watch = sql => writes += sql.StartsWith("SELECT", StringComparison.Ordinal) ? 0 : 1;

        Assert.Null((await tracking.Waiting.TakeAsync(someone, queue, null, default)).Value);

        Assert.Equal(0, writes);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_run_that_goes_to_the_trash_or_runs_already_waits_no_more(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var queue = await QueueAsync(tracking, "fast");
        var runs = await EnqueueAsync(tracking, queue, 2);

        await tracking.Runs.TrashAsync(someone, runs[0], default);
        await tracking.Runs.SetStatusAsync(someone, runs[1], new(RunStatus.InProgress), default);

        Assert.Equal(0, (await tracking.Waiting.CountAsync(someone, queue, default)).Value);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Queues_are_found_by_name_and_label(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        await QueueAsync(tracking, "fast", "gpu");
        await QueueAsync(tracking, "slow");
        async Task<string> FindAsync(Filter where) =>
            string.Join(
                ' ',
                (
                    await tracking.Queues.ListAsync(
                        someone,
                        new() { Where = where, OrderBy = [new(QueueFields.Name)] },
                        default
                    )
                ).Value.Items.Select(queue => queue.Name)
            );

        Assert.Equal("fast slow", await FindAsync(Filter.Everything));
        Assert.Equal("fast", await FindAsync(new Filter.HasLabel("gpu")));
        Assert.Equal("slow", await FindAsync(new Filter.Matches(QueueFields.Name, "^s")));
    }

    private static async Task<QueueId> QueueAsync(TrackingFixture tracking, string name, params string[] labels) =>
        (await tracking.Queues.CreateAsync(someone, new(name) { Labels = labels }, default)).Value.Id;

    private static async Task<List<RunId>> EnqueueAsync(TrackingFixture tracking, QueueId queue, int count)
    {
        var runs = new List<RunId>();
        for (var i = 0; i < count; i++)
        {
            var run = await tracking.DraftAsync($"run {i}");
            var queued = await tracking.Waiting.EnqueueAsync(
                someone,
                run.Id,
                new QueueChoice.ById(queue),
                new(RunStatus.Queued),
                default
            );
            Assert.Equal(RunStatus.Queued, queued.Value.Status);
            runs.Add(run.Id);
        }

        return runs;
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task How_long_a_queue_was_is_sampled_every_five_minutes(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (start, minute) = (tracking.Clock.GetUtcNow(), TimeSpan.FromMinutes(1));
        var queue = (await tracking.Queues.CreateAsync(someone, new("line"), default)).Value.Id;
        var history = new QueueHistory(tracking.Database, tracking.Clock);
        await history.StepAsync(default);
        var run = await tracking.DraftAsync();
        await tracking.Waiting.AddAsync(someone, queue, run.Id, default);
        tracking.Clock.Advance(2 * minute);
        await history.StepAsync(default); // too early
        tracking.Clock.Advance(4 * minute);
        await history.StepAsync(default);

        var span = new HistorySpan(start, start + (12 * minute), 6 * minute);
        var points = (await history.PointsAsync(someone, [queue], span, default)).Value;

        Assert.Equal([new(queue, start, 0, TimeSpan.Zero), new(queue, start + (6 * minute), 1, 6 * minute)], points);
    }

    private static async Task<List<RunId>> TakeAllAsync(TrackingFixture tracking, QueueId queue)
    {
        var runs = new List<RunId>();
        while ((await tracking.Waiting.TakeAsync(someone, queue, null, default)).Value is { } taken)
        {
            runs.Add(taken.Entry.Run);
        }

        return runs;
    }
}
