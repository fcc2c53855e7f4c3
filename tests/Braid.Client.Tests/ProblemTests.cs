using System.Collections.Concurrent;
using Braid.Client.Records;

namespace Braid.Client.Tests;

/// <summary>The program's own callback for problems, which must never matter to the run.</summary>
public sealed class ProblemTests : IDisposable
{
    private static readonly TimeSpan soon = TimeSpan.FromMinutes(1);

    private readonly Runs runs = new();
    private readonly FakeBackend backend = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public async Task A_callback_that_throws_stops_neither_the_log_nor_the_calls_nor_the_end_of_the_run()
    {
        await LogWithProblemsAsync(_ => throw new InvalidOperationException("the callback"));
        Assert.Equal([1.0, 2.0], backend.Of(RecordKind.Metric).Select(record => record.Value));
        Assert.NotNull(backend.End);
    }

    [Fact]
    public async Task A_callback_that_never_returns_stops_neither_the_log_nor_the_end_of_the_run()
    {
        using var never = new ManualResetEventSlim();
        await LogWithProblemsAsync(_ => never.Wait());
        never.Set();
        Assert.Equal([1.0, 2.0], backend.Of(RecordKind.Metric).Select(record => record.Value));
        Assert.NotNull(backend.End);
    }

    [Fact]
    public async Task A_callback_may_log_and_flush()
    {
        var flushed = new TaskCompletionSource();
        Experiment? experiment = null;
        experiment = Experiment.StartLogging("run", null, To(OnProblem));
        experiment.LogMetric("loss", 1, 0);
        await experiment.FlushAsync();
        experiment.LogMetric("loss", 2, 1);
        await flushed.Task.WaitAsync(soon, TimeProvider.System);
        await experiment.DisposeAsync();
        Assert.Contains(backend.Of(RecordKind.Console), line => line.Text == "a problem");

        void OnProblem(string problem)
        {
            experiment!.LogLine("a problem"); // there are no problems before it is made
            experiment.FlushAsync().GetAwaiter().GetResult();
            flushed.TrySetResult();
        }
    }

    [Fact]
    public async Task Problems_are_told_in_their_order_and_before_the_run_is_over()
    {
        var told = new ConcurrentQueue<string>();
        var experiment = Experiment.StartLogging("run", null, To(told.Enqueue));
        for (var i = 0; i < 5; i++)
        {
            experiment.LogImage($"image {i}", "no image"u8, 0);
        }

        await experiment.DisposeAsync();
        Assert.Equal(["image 0", "image 1", "image 2", "image 3", "image 4"], told.Take(5).Select(each => each[..7]));
        Assert.Equal("5 logged values were not delivered", told.Last());
    }

    private async Task LogWithProblemsAsync(Action<string> onProblem)
    {
        backend.Before = (records, _) =>
            records[0].Kind == RecordKind.Label ? throw new InvalidOperationException("it broke") : Task.CompletedTask;
        var experiment = Experiment.StartLogging("run", null, To(onProblem));
        experiment.AddTags(["refused"]);
        await experiment.FlushAsync().WaitAsync(soon, TimeProvider.System);
        experiment.LogMetric("loss", 1, 0);
        experiment.LogImage("image", "no image"u8, 0);
        experiment.LogMetric("loss", 2, 1);
        await experiment.DisposeAsync().AsTask().WaitAsync(soon, TimeProvider.System);
    }

    /// <summary>A spool that is above its limit from the second write on: that is told by the thread that writes it.</summary>
    private LoggingOptions To(Action<string> onProblem) =>
        runs.To(backend) with
        {
            OnProblem = onProblem,
            SpoolLimit = 0,
        };
}
