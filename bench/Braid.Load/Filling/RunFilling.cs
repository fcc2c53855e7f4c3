using System.Diagnostics;
using System.Globalization;
using Braid.Access;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Imports;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Load.Filling;

/// <summary>
/// Fills a server's folder with runs before the server is started: 1 one run is logged as any is; 2 its rows are copied, with other
/// names, times and values. Logging six million last values through a door takes a quarter of an hour, copying them two minutes.
/// </summary>
internal static class RunFilling
{
    /// <summary>The first word of the command line.</summary>
    public const string Word = "fill-runs";

    public const string Usage = "Usage: Braid.Load fill-runs FOLDER RUNS METRICS";

    private const string project = "many";
    private static readonly TimeSpan between = TimeSpan.FromMinutes(1);
    private static readonly string[] parameters = ["lr", "batch", "depth", "width", "dropout", "seed"];

    public static async Task<int> RunAsync(string[] words)
    {
        if (words is not [var folder, var runs, var metrics])
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        var clock = Stopwatch.StartNew();
        var (path, count) = (Path.Combine(folder, "braid.db"), Number(runs));
        var first = await LogAsync(path, Number(metrics), TimeProvider.System.GetUtcNow() - (count * between));
        RunCopies.Make(path, first, count - 1, between);
        Console.WriteLine($"{runs} runs of {metrics} metrics: {clock.Elapsed.TotalSeconds:F1} s");
        return 0;
    }

    // 1
    private static async Task<RunId> LogAsync(string path, int metrics, DateTimeOffset started)
    {
        await using var database = await Database.OpenAsync(
            new DatabaseAddress.SqliteFile(path),
            [.. AccessSchema.Migrations, .. TrackingSchema.Migrations],
            TimeProvider.System,
            default
        );
        var (clock, ids, caller) = (TimeProvider.System, IdSource.System, new Caller.Administrator("load"));
        var lies = (await new Projects(database, clock, ids).EnsureAsync(caller, project, default)).Value;
        var imports = new RunImports(database, clock, ids);
        var run = new ImportedRun
        {
            Id = new(ids.Next()),
            Project = lies.Id,
            Name = "run-0",
            User = "user-0",
            Status = RunStatus.Completed,
            Started = started,
            Ended = started + (between / 2),
            Parameters = [.. parameters.Select(name => ParameterKeys.ToParameter(name, "0"))],
        };
        _ = (await imports.PutAsync(caller, run, default)).Value;
        var points = Enumerable
            .Range(0, metrics)
            .Select(key => new Point("m", $"{key}", 100, started.ToUnixTimeMilliseconds(), 0))
            .ToList();
        _ = (await imports.AppendAsync(caller, run.Id, points, default)).Value;
        return run.Id;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
