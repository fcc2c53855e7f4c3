using System.Diagnostics;
using Braid.Cli.CommandLine;
using Braid.Cli.Servers;

namespace Braid.Cli.Demo;

/// <summary>
/// Tells the story of examples/digits on a fresh server, and checks every word of it:
/// a. the data, b. the pipelines, c. one ID, d. a correction, e. a server that dies.
/// </summary>
internal static class RunDemo
{
    private static readonly Flag keep = Flags.Switch(
        "keep",
        null,
        "Go on serving when the story is over, until Ctrl-C."
    );

    public static Command Command { get; } =
        new Command("demo", "", "Show the main job on a fresh server: data, pipelines, one ID, a correction, a crash.")
        {
            Flags = [keep],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("braid-demo-").FullName;
        try
        {
            using var server = new LocalServer(folder, Programs.Digits);
            await TellAsync(call, server, ct);
            if (call.Has(keep))
            {
                await ServeOnAsync(call, server, ct);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task TellAsync(Invocation call, LocalServer server, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await server.StartAsync(ct);
        using var stage = new Stage(server, call.World);
        stage.Title($"A server on the fresh folder {server.Folder}, ready after {watch.Elapsed.TotalSeconds:F1} s");
        var facts = new Facts(stage);

        await PutImages.TellAsync(stage, facts, ct);
        var training = await MakePipelines.TellAsync(stage, facts, ct);
        await OneId.TellAsync(stage, facts, training, ct);
        await CorrectLabels.TellAsync(stage, facts, training, ct);
        await KillAndRestart.TellAsync(stage, facts, ct);

        stage.Title($"Everything is as told, in {watch.Elapsed.TotalSeconds:F0} s.");
        stage.Say($"The runs in the browser: {server.Doors.Web}");
    }

    private static async Task ServeOnAsync(Invocation call, LocalServer server, CancellationToken ct)
    {
        call.Out.WriteLine($"  Serving until Ctrl-C. In another shell: eval \"$(./braid env --data {server.Folder})\"");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, call.World.Clock, ct);
        }
        catch (OperationCanceledException)
        {
            call.Out.WriteLine("  Stopped.");
        }
    }
}
