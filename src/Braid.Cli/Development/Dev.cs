using System.Diagnostics;
using Braid.Cli.CommandLine;
using Braid.Cli.Datums;
using Braid.Cli.Output;
using Braid.Cli.Servers;
using Braid.Cli.Specs;
using Braid.Protos.Pps;

namespace Braid.Cli.Development;

/// <summary>
/// Tries a spec on local files, in the sandbox that a server would use and without touching one: 1 a server of its own on a
/// folder that goes away; 2 the files of its inputs; 3 the datum that is to run; 4 the job; 5 what came out.
/// </summary>
internal static class Dev
{
    private static readonly Flag file = Flags.Value("file", 'f', "The pipeline spec, JSON or YAML.");
    private static readonly Flag datum = Flags.Value(
        "datum",
        null,
        "Which datum: its number, or a file that it has (default: the first)."
    );
    private static readonly Flag all = Flags.Switch("all", null, "Run every datum.");
    private static readonly Flag output = Flags.Value(
        "output",
        'o',
        "The folder for what comes out, which must be empty (default: a new one in the temporary folder)."
    );

    public static Command Command { get; } =
        new Command("dev", "", "Try a pipeline spec on local files: one datum, or all.")
        {
            Flags = [all, datum, file, DevFiles.Flag, output],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var path = call.Text(file) ?? throw new Failure("which spec? braid dev -f SPEC") { ShowUsageOf = Command };
        var spec = DevSpec.Of((await SpecFile.ReadAsync(path, ct))[0], DevTrial.Chosen, call.World.Variable);
        var paths = DevFiles.Find(call, spec);
        var folder = OutputOf(call, spec);
        foreach (var note in spec.Notes)
        {
            call.Error.WriteLine($"note: {note}");
        }

        var scratch = Directory.CreateTempSubdirectory("braid-dev-").FullName;
        try
        {
            // 1
            using var server = new LocalServer(
                Path.Combine(scratch, "server"),
                Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/"
            );
            await server.StartAsync(ct);
            using var trial = new DevTrial(call, server, spec);
            // 2
            await trial.PutAsync(paths, ct);
            // 3
            await ChooseAsync(call, trial, [.. paths.Keys], ct);
            // 4
            var watch = Stopwatch.StartNew();
            var job = await trial.RunAsync(ct);
            // 5
            return await ReportAsync(call, trial, job, watch.Elapsed, folder, ct);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <exception cref="Failure">Something is in it.</exception>
    private static string OutputOf(Invocation call, DevSpec spec) =>
        call.Text(output) is not { } given ? Directory.CreateTempSubdirectory($"braid-{spec.Name}-").FullName
        : Directory.Exists(given) && Directory.EnumerateFileSystemEntries(given).Any()
            ? throw new Failure($"{given} is not empty: name another folder with --output")
        : given;

    private static async Task ChooseAsync(
        Invocation call,
        DevTrial trial,
        IReadOnlyList<string> repos,
        CancellationToken ct
    )
    {
        if (call.Has(all))
        {
            await trial.ChooseAllAsync(repos, ct);
            return;
        }

        var datums = await trial.DatumsAsync(ct);
        var at = DatumChoice.Find(datums, call.Text(datum));
        call.Error.WriteLine($"datum {at + 1} of {datums.Count}: {DatumChoice.Files(datums[at])}");
        await trial.ChooseAsync([datums[at]], repos, ct);
    }

    private static async Task<int> ReportAsync(
        Invocation call,
        DevTrial trial,
        JobInfo job,
        TimeSpan elapsed,
        string folder,
        CancellationToken ct
    )
    {
        var results = await trial.ResultsAsync(job, ct);
        foreach (var failed in results.Where(result => result.State is DatumState.Failed or DatumState.Recovered))
        {
            call.Error.WriteLine($"{failed.State}: {DatumChoice.Files(failed)}: {failed.Reason}".ToLowerInvariant());
        }

        var counts = $"{job.DataProcessed} processed, {job.DataFailed} failed, {job.DataRecovered} recovered";
        call.Error.WriteLine($"{Word(job)} in {elapsed.TotalSeconds:F1} s: {counts}");
        if (job.State != JobState.JobSuccess)
        {
            return 1;
        }

        await trial.GetAsync(job, folder, ct);
        call.Error.WriteLine($"output: {folder} ({Sizes.Words(job.Stats?.UploadBytes ?? 0)})");
        return 0;
    }

    private static string Word(JobInfo job) => job.State == JobState.JobSuccess ? "success" : $"failure ({job.Reason})";
}
