using System.Globalization;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Tracking;
using Braid.Cli.Output;
using Braid.Cli.Transfers;
using Braid.TensorBoard.Logs;

namespace Braid.Cli.EventFiles;

/// <summary>Makes runs of TensorBoard's event files.</summary>
internal static class ImportEventFiles
{
    private static readonly Flag project = Flags.Value("project", null, "The project of the runs (default: Default).");
    private static readonly Flag name = Flags.Value(
        "name",
        null,
        "What the runs are called, each with its directory (default: the directory alone, as in TensorBoard)."
    );
    private static readonly Flag single = Flags.Switch(
        "single",
        null,
        "Make one run of all; directories become part of the names of what was logged."
    );
    private static readonly Flag data = Flags.Value(
        "data",
        null,
        "The server's folder; what MLFLOW_TRACKING_URI and others name, else BRAID_DATA, when not given."
    );

    public static Command Command { get; } =
        new Command(
            "import tfevents",
            "<directory>",
            "Make a run of each directory of TensorBoard's event files; what is imported already is not imported again."
        )
        {
            Flags = [data, name, TransferProgress.Flag, project, single],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var address = TrackingAddress.Find(call.World, call.Text(data));
        var root = call.Arguments[0];
        var runs = await RunsAsync(call, root, ct);
        using var server = new TrackingClient(address);
        try
        {
            return await ImportAsync(call, server, root, runs, ct);
        }
        catch (ServerAwayException away)
        {
            throw new Failure($"{away.Message}. Call it again: it goes on where it stopped");
        }
    }

    private static async Task<IReadOnlyList<EventRun>> RunsAsync(Invocation call, string root, CancellationToken ct)
    {
        if (!Directory.Exists(root))
        {
            throw new Failure($"there is no directory {root}");
        }

        var files = LogDirectory.Find(root);
        var runs = call.Has(single)
            ? [await EventRun.OfAllAsync(root, files, call.Text(name), ct)]
            : await EventRun.OfDirectoriesAsync(root, files, call.Text(name), ct);
        var whole = runs.Where(run => run.Identity is not null).ToArray();
        foreach (var empty in runs.Except(whole).Where(run => run.Files.Count > 0))
        {
            call.Error.WriteLine($"{empty.Name}: left out, there is no event in it");
        }

        return whole.Length > 0 ? whole : throw new Failure($"there are no events below {root}");
    }

    private static async Task<int> ImportAsync(
        Invocation call,
        TrackingClient server,
        string root,
        IReadOnlyList<EventRun> runs,
        CancellationToken ct
    )
    {
        var imported = new List<(EventRun Run, ImportedRun Made)>();
        await using (var progress = TransferProgress.Of(call, "imported"))
        {
            progress.Expect(runs.SelectMany(run => run.Files).Sum(file => LengthOf(root, file)));
            var import = new EventImport(server, root, progress);
            var id = await import.ProjectAsync(call.Text(project) ?? "Default", ct);
            foreach (var run in runs)
            {
                imported.Add((run, await import.RunAsync(id, run, call.Has(single), ct)));
            }

            progress.Complete();
        }

        return Report(call, imported);
    }

    private static long LengthOf(string root, EventFilePath file)
    {
        var found = new FileInfo(Path.Combine(root, file.Path));
        return found.Exists ? found.Length : 0;
    }

    /// <summary>1 when the rest of a file could not be read, or the server did not take one.</summary>
    private static int Report(Invocation call, IReadOnlyList<(EventRun Run, ImportedRun Made)> imported)
    {
        var table = new Table(call.Out, "RUN", "POINTS", "NAME") { IsOpenEnded = true };
        foreach (var (run, made) in imported)
        {
            table.Add(made.Id, made.Totals.Points.ToString(CultureInfo.InvariantCulture), run.Name);
            foreach (var file in made.Dead)
            {
                call.Error.WriteLine($"{run.Name}: {file} is damaged; what follows the damage is not in the run");
            }

            foreach (var refusal in made.Refused)
            {
                call.Error.WriteLine($"{run.Name}: {refusal}");
            }
        }

        table.Finish();
        var sum = imported.Aggregate(new EventTotals(), (total, run) => total + run.Made.Totals);
        call.Error.WriteLine($"{imported.Count} {(imported.Count == 1 ? "run" : "runs")}: {sum}");
        return imported.Any(run => run.Made.Dead.Count + run.Made.Refused.Count > 0) ? 1 : 0;
    }
}
