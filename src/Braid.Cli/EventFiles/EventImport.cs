using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Tracking;
using Braid.Cli.Transfers;

namespace Braid.Cli.EventFiles;

/// <summary>What became of a run's files.</summary>
/// <param name="Dead">Files that are damaged in such a way that their rest could not be read.</param>
/// <param name="Refused">What the server said of files that it did not take.</param>
internal sealed record ImportedRun(
    string Id,
    EventTotals Totals,
    IReadOnlyList<string> Dead,
    IReadOnlyList<string> Refused
);

/// <summary>
/// Makes a run of event files: 1 the run that an earlier import of the same files made, or a new one, marked with what
/// identifies them; 2 what the server lacks of the files; 3 the run ends when its last event happened.
/// </summary>
internal sealed class EventImport(TrackingClient server, string root, TransferProgress progress)
{
    private const string identityTag = "tensorboard_run";
    private const string directoryTag = "tensorboard_directory";

    /// <summary>The id of a project, which is made when there is none.</summary>
    public async Task<string> ProjectAsync(string name, CancellationToken ct)
    {
        var found = await server.FindMLflowAsync(
            $"experiments/get-by-name?experiment_name={Uri.EscapeDataString(name)}",
            ct
        );
        var id = found?["experiment"]?["experiment_id"];
        id ??= (await server.MLflowAsync("experiments/create", new() { ["name"] = name }, ct))["experiment_id"];
        return id?.ToString() ?? throw new Failure($"the server gave project {name} no id");
    }

    /// <param name="wholePaths">Whether the files' directories become part of the names of what they hold.</param>
    public async Task<ImportedRun> RunAsync(string project, EventRun run, bool wholePaths, CancellationToken ct)
    {
        // 1
        var id = await FindAsync(project, run, ct) ?? await CreateAsync(project, run, ct);
        // 2
        var refused = new List<string>();
        var shipper = new EventShipper(server, root, id)
        {
            Progress = progress,
            OnRefused = refused.Add,
            NameOf = file => wholePaths ? file.Path : file.Path[(file.Path.LastIndexOf('/') + 1)..],
        };
        await shipper.ShipAsync(run.Files, ct);
        progress.Add(run.Files.Count, 0);
        // 3
        await EndAsync(id, shipper.Taken, ct);
        return new(
            id,
            shipper.Taken.Select(EventTotals.Of).Aggregate(new EventTotals(), (sum, file) => sum + file),
            [.. shipper.Taken.Where(IsDead).Select(file => $"{file["path"]}")],
            refused
        );
    }

    private async Task<string?> FindAsync(string project, EventRun run, CancellationToken ct)
    {
        var query = new JsonObject
        {
            ["experiment_ids"] = new JsonArray(project),
            ["filter"] = $"tags.{identityTag} = '{run.Identity}'",
            ["max_results"] = 1,
        };
        var found = await server.MLflowAsync("runs/search", query, ct);
        return (found["runs"] as JsonArray)?.FirstOrDefault()?["info"]?["run_id"]?.ToString();
    }

    private async Task<string> CreateAsync(string project, EventRun run, CancellationToken ct)
    {
        var body = new JsonObject
        {
            ["experiment_id"] = project,
            ["run_name"] = run.Name,
            ["start_time"] = run.StartedMs,
            ["tags"] = new JsonArray(
                new JsonObject { ["key"] = identityTag, ["value"] = run.Identity },
                new JsonObject { ["key"] = directoryTag, ["value"] = run.Directory }
            ),
        };
        var made = await server.MLflowAsync("runs/create", body, ct);
        return made["run"]?["info"]?["run_id"]?.ToString() ?? throw new Failure("runs/create gave no id");
    }

    private Task EndAsync(string id, IEnumerable<JsonObject> files, CancellationToken ct)
    {
        var body = new JsonObject { ["run_id"] = id, ["status"] = "FINISHED" };
        var last = files.Select(file => file["last_ms"]?.GetValue<long>()).Max();
        if (last is { } ended)
        {
            body["end_time"] = ended;
        }

        return server.MLflowAsync("runs/update", body, ct);
    }

    private static bool IsDead(JsonObject file) => file["dead"]?.GetValue<bool>() == true;
}
