using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Scoring.Models;
using Braid.Scoring.Requests;
using Braid.Scoring.Tests.Hosting;
using Braid.Scoring.Workers;
using Braid.Testing;

namespace Braid.Scoring.Tests.Workers;

/// <summary>Workers that end, hang or print, and what their requests get.</summary>
public sealed class WorkerTests : IDisposable
{
    private static readonly ModelFolder failing = ModelFolder.Read(ServedModel.FolderOf("failing"));

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_worker_that_ends_answers_with_its_last_lines_and_is_replaced()
    {
        await using var served = await ServedModel.StartAsync("failing", Pythons.Bare(folder));
        var before = await PidAsync(served);

        var died = await served.AskAsync("""{"prompt": "die"}""");
        var after = await PidAsync(served);

        Assert.Equal(HttpStatusCode.InternalServerError, died.StatusCode);
        var error = JsonNode.Parse(await died.Content.ReadAsStringAsync())!;
        Assert.Equal("INTERNAL_ERROR", (string?)error["error_code"]);
        Assert.Equal(
            "The model's process ended with exit code 3. Its last lines:\nabout to die",
            (string?)error["message"]
        );
        Assert.NotEqual(before, after);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_gets_504_and_its_worker_is_replaced()
    {
        var options = new ScoringOptions { Model = ServedModel.FolderOf("failing"), Timeout = TimeSpan.FromSeconds(1) };
        await using var served = await ServedModel.StartAsync("failing", Pythons.Bare(folder), options);

        var late = await served.AskAsync("""{"prompt": "sleep"}""");

        Assert.Equal(HttpStatusCode.GatewayTimeout, late.StatusCode);
        Assert.Equal("Request processing time exceeded limit", await late.Content.ReadAsStringAsync());
        await Eventually.IsTrueAsync(
            async () => (await served.AskAsync("""{"prompt": "fine"}""")).StatusCode == HttpStatusCode.OK,
            "another worker answers"
        );
    }

    [Fact]
    public async Task A_worker_that_is_asked_after_its_end_says_so()
    {
        var worker = await Worker.StartAsync(Pythons.Bare(folder), failing, TextWriter.Null, default);
        await worker.DisposeAsync();

        await Assert.ThrowsAsync<WorkerGone>(() => worker.AskAsync(Asking("fine"), default));
    }

    [Fact]
    public async Task A_worker_that_was_ended_because_its_request_took_too_long_is_replaced_without_a_pause()
    {
        var clock = new CountedDelays();
        await using var pool = await WorkerPool.StartAsync(
            new(Pythons.Bare(folder), failing, 1, TextWriter.Null, clock),
            default
        );
        using var late = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.AskAsync(Asking("sleep"), late.Token));
        var answer = await pool.AskAsync(Asking("fine"), default);

        Assert.Equal((ReplyKind.Predictions, 0), (answer.Kind, clock.Delays));
    }

    [Fact]
    public async Task What_a_model_prints_goes_to_the_log_and_not_into_its_answers()
    {
        await using var served = await ServedModel.StartAsync("failing", Pythons.Bare(folder));

        var answer = await served.AskAsync("""{"prompt": "print"}""");

        Assert.Equal("\"print\"", await answer.Content.ReadAsStringAsync());
        await Eventually.IsTrueAsync(
            () => Task.FromResult(served.Log.Contains("to standard output", StringComparison.Ordinal)),
            "the line is in the log"
        );
    }

    [Fact]
    public async Task A_failing_model_tells_where_in_its_code_it_failed()
    {
        await using var served = await ServedModel.StartAsync("failing", Pythons.Bare(folder));

        var answer = await served.AskAsync("""{"prompt": "raise"}""");

        var trace = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["stack_trace"]!;
        Assert.EndsWith("ValueError: no such word\n", trace, StringComparison.Ordinal);
        Assert.Contains("failing_model.py", trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_spread_over_workers()
    {
        var options = new ScoringOptions { Model = ServedModel.FolderOf("failing"), Workers = 2 };
        await using var served = await ServedModel.StartAsync("failing", Pythons.Bare(folder), options);
        var pids = new HashSet<string>();

        await Eventually.IsTrueAsync(
            async () =>
            {
                pids.Add(await PidAsync(served));
                return pids.Count == 2;
            },
            "both workers answer"
        );
    }

    [Fact]
    public async Task Workers_end_with_the_server()
    {
        var served = await ServedModel.StartAsync("failing", Pythons.Bare(folder));
        var pid = await PidAsync(served);

        await served.DisposeAsync();

        Assert.False(Directory.Exists($"/proc/{pid}"));
    }

    [Fact]
    public async Task A_model_whose_module_is_missing_is_refused_with_what_to_install()
    {
        var refused = await Assert.ThrowsAsync<BadModelException>(() =>
            ServedModel.StartAsync(OfLoader("nowhere.to.be.found"), Pythons.Bare(folder))
        );

        Assert.Contains("loaded by nowhere.to.be.found, which needs the package nowhere", refused.Message);
        Assert.Contains("--python", refused.Message);
    }

    [Fact]
    public async Task An_ONNX_model_is_refused_where_onnxruntime_is_missing()
    {
        var refused = await Assert.ThrowsAsync<BadModelException>(() =>
            ServedModel.StartAsync(OfLoader("mlflow.onnx"), Pythons.Bare(folder))
        );

        Assert.Contains("loaded by mlflow.onnx, which needs the package onnxruntime", refused.Message);
    }

    [Fact]
    public async Task A_pickle_of_scikit_learns_flavor_is_loaded_without_mlflow()
    {
        // Any class of Python's own will do: what it is called by is predict.
        var model = OfLoader("mlflow.sklearn") with
        {
            Pickle = folder.File("model.pkl"),
            Code = folder.Path,
        };
        await File.WriteAllTextAsync(
            folder.File("doubles.py"),
            "class Doubles:\n    def predict(self, data):\n        return [2 * item for item in data]\n"
        );
        await ProgramRun.OutputAsync(
            Pythons.Debians,
            ["-c", "import pickle, doubles; pickle.dump(doubles.Doubles(), open('model.pkl', 'wb'))"],
            folder.Path
        );

        await using var served = await ServedModel.StartAsync(model, Pythons.Bare(folder));
        var answer = await served.AskAsync("""{"inputs": [1, 2]}""");

        Assert.Equal("""{"predictions": [2, 4]}""", await answer.Content.ReadAsStringAsync());
        Assert.Contains("the model's pickle is loaded without it", served.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Python_that_is_not_there_is_named()
    {
        var refused = await Assert.ThrowsAsync<BadModelException>(() =>
            ServedModel.StartAsync("free", "/nowhere/python3")
        );

        Assert.StartsWith("cannot start /nowhere/python3", refused.Message, StringComparison.Ordinal);
    }

    private ModelFolder OfLoader(string loader) => new(folder.Path, loader, folder.Path);

    private static ReadOnlyMemory<byte> Asking(string word) =>
        WorkerMessages.Predict(
            new RequestReader(failing).Read(BodyKind.Json, Encoding.UTF8.GetBytes($$"""{"prompt": "{{word}}"}"""))
        );

    private static async Task<string> PidAsync(ServedModel served)
    {
        using var answer = await served.AskAsync("""{"prompt": "pid"}""");
        return (await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    private sealed class CountedDelays : TimeProvider
    {
        private int delays;

        public int Delays => Volatile.Read(ref delays);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref delays);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
