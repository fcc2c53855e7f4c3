using System.Text.Json;
using Braid.Client.Records;

namespace Braid.Client.Tests;

/// <summary>What loggers of this shape are known to get wrong, and must not be wrong here.</summary>
public sealed class DefectTests : IDisposable
{
    private readonly Runs runs = new();
    private readonly FakeBackend backend = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public async Task Step_zero_is_kept_whatever_the_current_iteration_is()
    {
        await using (var experiment = runs.Start(backend))
        {
            experiment.Iteration = 77;
            experiment.LogMetric("loss", 1, 0);
            experiment.LogMetric("loss", 1);
        }

        Assert.Equal([0, 77], backend.Records.Select(record => record.Step));
    }

    [Fact]
    public async Task Nan_infinities_and_negative_zero_are_kept()
    {
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon];
        await using (var experiment = runs.Start(backend))
        {
            foreach (var value in values)
            {
                experiment.LogMetric("loss", value, 0);
            }
        }

        Assert.Equal(
            values.Select(BitConverter.DoubleToInt64Bits),
            backend.Records.Select(record => BitConverter.DoubleToInt64Bits(record.Value))
        );
    }

    [Fact]
    public async Task Every_kind_of_number_is_a_point_of_a_series()
    {
        await using (var experiment = runs.Start(backend))
        {
            experiment.LogMetric("loss", 0.5f, 0);
            experiment.LogMetric("loss", (Half)0.5, 1);
            experiment.LogMetric("loss", 0.5m, 2);
            experiment.LogMetric("loss", 3, 3);
            experiment.LogMetric("loss", 3UL, 4);
        }

        Assert.All(backend.Records, record => Assert.Equal(RecordKind.Metric, record.Kind));
        Assert.Equal([0.5, 0.5, 0.5, 3, 3], backend.Records.Select(record => record.Value));
    }

    [Fact]
    public async Task A_payload_is_as_it_was_at_the_call_even_if_it_changes_before_it_is_sent()
    {
        var mayGo = new TaskCompletionSource();
        backend.Before = (_, ct) => mayGo.Task.WaitAsync(ct);
        await using (var experiment = runs.Start(backend))
        {
            double[] weights = [1, 1, 1];
            byte[] pixels = [1, 2, 3];
            var content = "one"u8.ToArray();
            experiment.LogHistogram<double>("weights", weights, 0, bins: 1);
            experiment.LogImage("image", pixels, 1, 1, 3, 0);
            experiment.LogArtifact("note.txt", (ReadOnlySpan<byte>)content);
            Array.Clear(weights);
            Array.Clear(pixels);
            Array.Clear(content);
            mayGo.SetResult();
        }

        var edges = JsonElement
            .Parse(backend.Of(RecordKind.Histogram).Single().Media.Content.Span)
            .GetProperty("edges");
        Assert.Equal(0.5, edges[0].GetDouble());
        Assert.Equal([1, 2, 3], PngPixels.Read(backend.Of(RecordKind.Image).Single().Media.Content));
        Assert.Equal("one"u8.ToArray(), backend.Of(RecordKind.Artifact).Single().Artifact.Content!.Value.ToArray());
    }

    [Fact]
    public async Task What_is_null_is_refused_at_the_call_and_the_run_goes_on()
    {
        await using var experiment = runs.Start(backend);
        Action[] calls =
        [
            () => experiment.LogTag("name", null!),
            () => experiment.LogTag(null!, "value"),
            () => experiment.LogNote(null!),
            () => experiment.LogLine(null!),
            () => experiment.AddTags([null!]),
            () => experiment.LogParam(null!, 1),
            () => experiment.LogParam("name", 1, null!),
            () => experiment.LogMetric(null!, 1),
            () => experiment.LogText("name", null!),
            () => experiment.LogFigure("name", (string)null!),
            () => experiment.LogImage(null!, [0], 1, 1, 1),
            () => experiment.LogArtifact(null!, "content"u8),
            () => experiment.LogModel("name", "path", tags: new Dictionary<string, string> { ["tag"] = null! }),
        ];
        Assert.All(calls, call => Assert.Throws<ArgumentNullException>(call));
        experiment.LogMetric("loss", 1, 0);
        await experiment.DisposeAsync();
        Assert.Single(backend.Records);
        Assert.Equal(0, experiment.Undelivered);
    }

    [Fact]
    public async Task The_tags_of_a_model_may_change_after_the_call()
    {
        var tags = new Dictionary<string, string> { ["stage"] = "trial" };
        await using (var experiment = runs.Start(backend))
        {
            experiment.LogModel("model", "path", tags: tags);
            tags["stage"] = null!;
        }

        Assert.Equal("trial", backend.Of(RecordKind.Model).Single().Model.Tags["stage"]);
    }

    [Fact]
    public async Task A_flush_after_the_end_of_the_run_is_answered()
    {
        var experiment = runs.Start(backend);
        experiment.LogMetric("loss", 1, 0);
        await experiment.DisposeAsync();
        await experiment.FlushAsync().WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
    }

    [Fact]
    public async Task A_second_start_stops_the_first_and_doubles_nothing()
    {
        var other = new FakeBackend();
        var first = runs.Start(backend);
        first.LogMetric("loss", 1, 0);
        await using (var second = runs.Start(other))
        {
            second.LogMetric("loss", 2, 0);
            first.LogMetric("loss", 3, 1);
            Assert.Same(second, Experiment.Active);
        }

        Assert.Equal([1.0], backend.Records.Select(record => record.Value));
        Assert.Equal([2.0], other.Records.Select(record => record.Value));
        Assert.Equal(RunOutcome.Finished, backend.End?.Outcome);
        Assert.Equal(1, first.Undelivered);
    }

    [Fact]
    public async Task Name_project_and_settings_reach_the_backend()
    {
        var options = runs.To(backend) with
        {
            Run = new()
            {
                Name = "from options",
                TaskType = "testing",
                Labels = ["a", "b"],
            },
        };
        await using (Experiment.StartLogging("name", "project", options)) { }

        Assert.Equal(
            ("name", "project", "testing"),
            (backend.Start?.Name, backend.Start?.Project, backend.Start?.TaskType)
        );
        Assert.Equal(["a", "b"], backend.Start?.Labels);
    }

    [Fact]
    public async Task Everything_queued_is_delivered_before_the_run_is_closed()
    {
        backend.Before = (_, _) => Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        var experiment = runs.Start(backend);
        for (var step = 0; step < 20_000; step++)
        {
            experiment.LogMetric("loss", step, step);
        }

        await experiment.DisposeAsync();
        Assert.Equal(20_000, backend.Records.Count);
        Assert.NotNull(backend.End);
        Assert.Equal(0, experiment.Undelivered + experiment.LeftForLater);
    }

    [Fact]
    public async Task A_backend_that_stands_still_slows_no_other()
    {
        var stuck = new FakeBackend("stuck")
        {
            Before = (_, ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct),
        };
        var options = runs.To(stuck, backend) with { FlushTimeout = TimeSpan.FromMilliseconds(100) };
        var experiment = Experiment.StartLogging("run", null, options);
        for (var step = 0; step < 100_000; step++)
        {
            experiment.LogMetric("loss", step, step);
        }

        await Braid.Testing.Eventually.IsTrueAsync(
            () => Task.FromResult(backend.Records.Count == 100_000),
            "the other backend has everything"
        );
        await experiment.DisposeAsync();
        Assert.NotNull(backend.End);
        Assert.Empty(stuck.Records);
        Assert.Equal(100_000, experiment.LeftForLater);
    }

    [Fact]
    public async Task A_backend_that_fails_hurts_no_other_and_is_told_once()
    {
        var broken = new FakeBackend("broken") { Before = (_, _) => throw new InvalidOperationException("it broke") };
        var experiment = runs.Start(broken, backend);
        for (var step = 0; step < 10; step++)
        {
            experiment.LogMetric("loss", step, step);
            await experiment.FlushAsync();
        }

        await experiment.DisposeAsync();
        Assert.Equal(10, backend.Records.Count);
        Assert.Equal(10, experiment.Undelivered);
        Assert.Single(runs.Problems, problem => problem.Contains("it broke"));
    }

    [Fact]
    public async Task Order_is_kept_for_each_thread_that_logs()
    {
        const int perThread = 5_000;
        await using (var experiment = runs.Start(backend))
        {
            var threads = Enumerable
                .Range(0, 5)
                .Select(number => new Thread(() =>
                {
                    for (var step = 0; step < perThread; step++)
                    {
                        experiment.LogMetric($"loss/{number}", step, step);
                    }
                }))
                .ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
        }

        Assert.Equal(5 * perThread, backend.Records.Count);
        Assert.All(
            backend.Records.GroupBy(record => record.Name),
            series => Assert.Equal(Enumerable.Range(0, perThread), series.Select(record => (int)record.Step))
        );
    }

    [Fact]
    public async Task Steps_may_go_backwards_and_repeat()
    {
        long[] steps = [5, 3, 3, -1, long.MaxValue];
        await using (var experiment = runs.Start(backend))
        {
            foreach (var step in steps)
            {
                experiment.LogMetric("loss", 1, step);
            }
        }

        Assert.Equal(steps, backend.Records.Select(record => record.Step));
    }

    [Fact]
    public async Task A_figure_is_one_figure_and_hyperparameters_are_parameters_only()
    {
        await using (var experiment = runs.Start(backend))
        {
            experiment.LogFigure("roc", """{"data":[],"layout":{}}""", 0);
            experiment.LogHyperparameters(new Dictionary<string, object?> { ["rate"] = 0.1 });
        }

        Assert.Equal([RecordKind.Figure, RecordKind.Parameter], backend.Records.Select(record => record.Kind));
        Assert.Equal(new ParameterValue("Hyperparameters", "0.1", "float"), backend.Records[1].Parameter);
    }

    [Fact]
    public async Task What_is_wrong_with_a_payload_is_told_and_counted_and_ends_nothing()
    {
        await using var experiment = runs.Start(backend);
        experiment.LogImage("image", [1, 2], 10, 10, 3, 0);
        experiment.LogImage("image", "no image"u8, 0);
        experiment.LogHistogram("weights", edges: [1], counts: [1], step: 0);
        experiment.LogAudio("sound", [1f, 2f, 3f], 8000, channels: 2);
        experiment.LogMetric("loss", 1, 0);
        await experiment.DisposeAsync();
        Assert.Single(backend.Records);
        Assert.Equal(4, experiment.Undelivered);
        Assert.Equal(5, runs.Problems.Count);
    }

    [Fact]
    public async Task Content_of_any_size_goes_through_in_order()
    {
        await using (var experiment = runs.Start(backend))
        {
            for (var i = 0; i < 6; i++)
            {
                experiment.LogArtifact($"{i}.bin", (ReadOnlySpan<byte>)new byte[9 << 20]);
                experiment.LogMetric("loss", i, i);
            }
        }

        Assert.Equal(12, backend.Records.Count);
        Assert.All(
            backend.Of(RecordKind.Artifact),
            record => Assert.Equal(9 << 20, record.Artifact.Content!.Value.Length)
        );
    }
}
