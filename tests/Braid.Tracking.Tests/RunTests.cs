using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Tracking.Tests;

public sealed class RunTests
{
    private static readonly Caller someone = TrackingFixture.Someone;

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_run_is_read_as_it_was_made(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var model = new ModelId(IdSource.System.Next());
        var run = await tracking.RunAsync(
            "demo",
            with: new()
            {
                Comment = "first",
                Labels = ["b", "a"],
                SystemLabels = ["development"],
                Documents = new() { Script = """{"binary":"python"}""", Runtime = "{}" },
                SetTags = [new("k", "v")],
                Parameters = new() { Set = [new("General", "lr", "0.1", "float", "rate")] },
                SetArtifacts =
                [
                    new()
                    {
                        Key = "data",
                        Type = "custom",
                        Uri = "u",
                    },
                ],
                SetModels = [new(RunModelKind.Output, "net", model)],
            }
        );
        var read = (await tracking.Runs.GetAsync(someone, run.Id, RunParts.All, default)).Value;
        Assert.Equal(("demo", "first", RunStatus.InProgress), (read.Name, read.Comment, read.Status));
        Assert.Equal(["a", "b"], read.Labels);
        Assert.Equal(["development"], read.SystemLabels);
        Assert.Equal("""{"binary":"python"}""", read.Documents.Script);
        Assert.Null(read.Documents.Execution);
        Assert.Equal([new("k", "v")], read.Tags);
        Assert.Equal([new("General", "lr", "0.1", "float", "rate")], read.Parameters);
        Assert.Equal("data", Assert.Single(read.Artifacts).Key);
        Assert.Equal(model, Assert.Single(read.Models).Model);
        Assert.Equal(tracking.Clock.GetUtcNow(), read.Started);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_metrics_only_those_are_read_that_a_query_names(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        Point[] points = [new("a", "a", 0, 1, 1), new("b", "x", 0, 1, 2), new("b", "y", 0, 1, 3)];
        await tracking.Series.AppendAsync(someone, run.Id, points, default);

        var query = new RunQuery { Series = [new("b", "x"), new("a", "a"), new("none", "none")] };
        var found = (await tracking.Runs.QueryAsync(someone, query, default)).Value;

        Assert.Equal(["a", "b/x"], Assert.Single(found.Items).Metrics.Select(metric => metric.Name.Key));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_clone_is_a_draft_with_what_its_source_was_told_and_without_what_it_made(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var source = await tracking.RunAsync(
            "source",
            with: new()
            {
                Comment = "note",
                Labels = ["a"],
                SystemLabels = ["archived", "kept"],
                Documents = new() { Script = """{"binary":"python"}""", Execution = """{"queue":"q","docker":"d"}""" },
                SetTags = [new("k", "v")],
                Parameters = new() { Set = [new("General", "lr", "0.1")] },
            }
        );
        await tracking.Series.AppendAsync(someone, source.Id, [new("a", "a", 0, 1, 1)], default);

        var cloning = new RunCloning
        {
            Protocol = "test",
            Name = "again",
            LabelsLeft = ["archived"],
        };
        var clone = (await tracking.Runs.CloneAsync(someone, source.Id, cloning, default)).Value;

        Assert.Equal(("again", RunStatus.Created, source.Id), (clone.Name, clone.Status, clone.ParentId));
        Assert.Equal(("note", "a", "kept"), (clone.Comment, clone.Labels.Single(), clone.SystemLabels.Single()));
        Assert.Equal("""{"docker":"d"}""", clone.Documents.Execution);
        Assert.Equal([new("General", "lr", "0.1")], clone.Parameters);
        Assert.Empty(clone.Metrics);
        Assert.Empty(clone.Tags);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Parameters_are_set_replaced_and_removed(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        await EditAsync(tracking, run.Id, new() { Set = [new("A", "x", "1"), new("A", "y", "2"), new("B", "z", "3")] });
        Assert.Equal("A/x=9 A/y=2 B/z=3", await EditAsync(tracking, run.Id, new() { Set = [new("A", "x", "9")] }));
        var section = new ParameterEdit { Set = [new("A", "w", "4")], Replace = ParameterReplacement.Section };
        Assert.Equal("A/w=4 B/z=3", await EditAsync(tracking, run.Id, section));
        Assert.Equal("A/w=4", await EditAsync(tracking, run.Id, new() { Remove = [("B", null)] }));
        var all = new ParameterEdit { Set = [new("C", "c", "5")], Replace = ParameterReplacement.All };
        Assert.Equal("C/c=5", await EditAsync(tracking, run.Id, all));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_immutable_parameter_keeps_its_value_and_the_batch_leaves_no_trace(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        var first = new ParameterEdit { Set = [new("General", "lr", "1")], Immutable = true };
        Assert.Equal("General/lr=1", await EditAsync(tracking, run.Id, first));
        Assert.Equal("General/lr=1", await EditAsync(tracking, run.Id, first));
        var second = new ParameterEdit
        {
            Set = [new("General", "new", "1"), new("General", "lr", "2")],
            Immutable = true,
        };
        var refused = await tracking.Runs.LogAsync(
            someone,
            run.Id,
            new() { Parameters = second, SetTags = [new("t", "1")] },
            [new("m", "m", 1, 1, 1)],
            default
        );
        Assert.Equal("tracking.parameter-immutable", refused.Error?.Code);
        var read = (await tracking.Runs.GetAsync(someone, run.Id, RunParts.All, default)).Value;
        Assert.Equal("General/lr=1", Text(read));
        Assert.Empty(read.Tags);
        Assert.Empty(read.Metrics);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_status_goes_where_the_machine_allows_or_where_it_is_forced(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        tracking.Clock.Advance(TimeSpan.FromMinutes(1));
        var completed = await SetAsync(tracking, run.Id, new(RunStatus.Completed) { Reason = "done" });
        Assert.Equal((RunStatus.Completed, "done"), (completed.Value.Status, completed.Value.StatusReason));
        Assert.Equal(tracking.Clock.GetUtcNow(), completed.Value.Completed);
        Assert.Equal(
            "tracking.status-forbidden",
            (await SetAsync(tracking, run.Id, new(RunStatus.Failed))).Error?.Code
        );
        Assert.Equal(
            RunStatus.Failed,
            (await SetAsync(tracking, run.Id, new(RunStatus.Failed) { Force = true })).Value.Status
        );
        var from = new StatusChange(RunStatus.Queued) { Force = true, From = [RunStatus.Created] };
        Assert.Equal("tracking.status-forbidden", (await SetAsync(tracking, run.Id, from)).Error?.Code);
        var restarted = await SetAsync(tracking, run.Id, new(RunStatus.InProgress) { Force = true });
        Assert.Null(restarted.Value.Completed);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_change_is_decided_on_the_run_as_it_is(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync(with: new() { Comment = "0" });
        await Parallel.ForAsync(
            0,
            8,
            async (_, ct) =>
                await tracking.Runs.ChangeAsync(
                    someone,
                    run.Id,
                    now => new RunChange { Comment = $"{int.Parse(now.Comment) + 1}" },
                    ct
                )
        );
        Assert.Equal("8", (await tracking.Runs.GetAsync(someone, run.Id, RunParts.None, default)).Value.Comment);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_trashed_run_takes_no_writes_until_it_is_restored(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        await tracking.Runs.TrashAsync(someone, run.Id, default);
        var refused = await tracking.Series.AppendAsync(someone, run.Id, [new("m", "m", 1, 1, 1)], default);
        Assert.Equal("tracking.run-trashed", refused.Error?.Code);
        Assert.NotNull((await tracking.Runs.GetAsync(someone, run.Id, RunParts.None, default)).Value.Trashed);
        await tracking.Runs.RestoreAsync(someone, run.Id, default);
        Assert.True((await tracking.Series.AppendAsync(someone, run.Id, [new("m", "m", 1, 1, 1)], default)).IsOk);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_reset_run_has_its_settings_and_nothing_that_it_logged(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync(
            with: new()
            {
                Parameters = new() { Set = [new("A", "x", "1")] },
                SetArtifacts = [new() { Key = "in", Mode = "input" }, new() { Key = "out" }],
            }
        );
        await tracking.Series.AppendAsync(someone, run.Id, [new("m", "m", 3, 1, 1)], default);
        await tracking.Logs.AppendAsync(someone, run.Id, [new() { TimestampMs = 1, Text = "x" }], default);
        var reset = (await tracking.Runs.ResetAsync(someone, run.Id, force: false, StoredFiles.Go, default)).Value;
        Assert.Equal((RunStatus.Created, 0), (reset.Status, reset.LastIteration));
        Assert.Empty(reset.Metrics);
        Assert.Equal("A/x=1", Text(reset));
        Assert.Equal("in", Assert.Single(reset.Artifacts).Key);
        Assert.Equal(0, (await tracking.Logs.CountAsync(someone, run.Id, default)).Value);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_deleted_run_is_gone_with_what_it_logged(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        await tracking.Series.AppendAsync(someone, run.Id, [.. Points(500)], default);
        Assert.True((await tracking.Runs.DeleteAsync(someone, run.Id, StoredFiles.Go, default)).IsOk);
        Assert.Equal(
            "tracking.no-such-run",
            (await tracking.Runs.GetAsync(someone, run.Id, RunParts.None, default)).Error?.Code
        );
        var left = await tracking.Database.ReadAsync(
            db => db.ScalarAsync<long>("SELECT (SELECT COUNT(*) FROM series) + (SELECT COUNT(*) FROM series_block)"),
            default
        );
        Assert.Equal(0, left);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_change_announces_the_run(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        var heard = new TaskCompletionSource();
        using var subscription = tracking.Database.Changes.Subscribe(Topics.Run(run.Id), () => heard.TrySetResult());
        await tracking.Runs.UpdateAsync(someone, run.Id, new() { Comment = "x" }, default);
        await heard.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static IEnumerable<Series.Point> Points(int count) =>
        Enumerable.Range(0, count).Select(step => new Series.Point("m", "m", step, step, step));

    private static Task<Result<Run>> SetAsync(TrackingFixture tracking, RunId run, StatusChange change) =>
        tracking.Runs.SetStatusAsync(someone, run, change, default);

    private static async Task<string> EditAsync(TrackingFixture tracking, RunId run, ParameterEdit edit) =>
        Text((await tracking.Runs.UpdateAsync(someone, run, new() { Parameters = edit }, default)).Value);

    private static string Text(Run run) =>
        string.Join(' ', run.Parameters.Select(one => $"{one.Section}/{one.Name}={one.Value}"));
}
