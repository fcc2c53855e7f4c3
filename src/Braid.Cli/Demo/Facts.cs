using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;
using Braid.Protos.Pps;

namespace Braid.Cli.Demo;

/// <summary>A version of the model, as MLflow's registry has it.</summary>
/// <param name="Version">1, 2, ...</param>
/// <param name="RunId">The run that made it.</param>
/// <param name="Inputs">The commits that the run read, <c>project/repo@commit</c>.</param>
internal sealed record ModelVersion(int Version, string RunId, IReadOnlyList<string> Inputs);

/// <summary>Asks the server, over the wire, for what the story is about.</summary>
internal sealed class Facts(Stage stage)
{
    private const string Project = "default";
    private const string InputTag = "braid.input.";

    public Task<CommitInfo> CommitAsync(string name, CancellationToken ct) =>
        stage.Pach.CallAsync(
            PfsMethods.InspectCommit,
            new InspectCommitRequest { Commit = Names.Commit(Project, name) },
            ct
        );

    public async Task<int> CommitsOfAsync(string repo, CancellationToken ct)
    {
        var request = new ListCommitRequest { Repo = Names.Repo(Project, repo), All = true };
        return await stage.Pach.StreamAsync(PfsMethods.ListCommit, request, ct).CountAsync(ct);
    }

    public async Task<IReadOnlyList<Protos.Pfs.FileInfo>> FilesAsync(string commit, CancellationToken ct)
    {
        var request = new ListFileRequest { File = Names.File(Project, $"{commit}:/") };
        return await stage.Pach.StreamAsync(PfsMethods.ListFile, request, ct).ToListAsync(ct);
    }

    /// <summary>Waits for every job of a commit set.</summary>
    public async Task<IReadOnlyDictionary<string, JobInfo>> JobsAsync(string set, CancellationToken ct)
    {
        var request = new InspectJobSetRequest
        {
            JobSet = new() { Id = set },
            Wait = true,
            Details = true,
        };
        var jobs = await stage.Pach.StreamAsync(PpsMethods.InspectJobSet, request, ct).ToListAsync(ct);
        return jobs.ToDictionary(job => job.Job.Pipeline.Name);
    }

    /// <summary>Waits for the newest job of a pipeline.</summary>
    public async Task<JobInfo> NewestJobAsync(string pipeline, CancellationToken ct)
    {
        var list = new ListJobRequest { Pipeline = Names.Pipeline(Project, pipeline), Number = 1 };
        var newest = await stage.Pach.StreamAsync(PpsMethods.ListJob, list, ct).FirstAsync(ct);
        var wait = new InspectJobRequest
        {
            Job = newest.Job,
            Wait = true,
            Details = true,
        };
        return await stage.Pach.CallAsync(PpsMethods.InspectJob, wait, ct);
    }

    public async Task<IReadOnlyList<DatumInfo>> DatumsAsync(string job, CancellationToken ct)
    {
        var request = new ListDatumRequest { Job = Names.Job(Project, job) };
        return await stage.Pach.StreamAsync(PpsMethods.ListDatum, request, ct).ToListAsync(ct);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ModelVersion>> ModelsAsync(CancellationToken ct)
    {
        var filter = Uri.EscapeDataString("name='digits'");
        var found = await stage.MLflow.GetAsync($"model-versions/search?max_results=100&filter={filter}", ct);
        var versions = found?["model_versions"]?.AsArray() ?? [];
        return [.. versions.OfType<JsonObject>().Select(VersionOf).OrderByDescending(model => model.Version)];
    }

    public async Task<double> AccuracyAsync(string run, CancellationToken ct)
    {
        var found = await stage.MLflow.GetAsync($"runs/get?run_id={run}", ct);
        var metrics = found?["run"]?["data"]?["metrics"]?.AsArray() ?? [];
        return metrics.FirstOrDefault(metric => metric?["key"]?.ToString() == "accuracy") is { } accuracy
            ? double.Parse(accuracy["value"]!.ToString(), CultureInfo.InvariantCulture)
            : throw new Failure($"the demo is not as told: the run {run} logged no accuracy");
    }

    /// <summary>The steps of the loss, in the order they were logged.</summary>
    public async Task<IReadOnlyList<long>> LossStepsAsync(string run, CancellationToken ct)
    {
        var found = await stage.MLflow.GetAsync(
            $"metrics/get-history?run_id={run}&metric_key=loss&max_results=25000",
            ct
        );
        var points = found?["metrics"]?.AsArray() ?? [];
        return [.. points.Select(point => long.Parse(point!["step"]!.ToString(), CultureInfo.InvariantCulture))];
    }

    /// <summary>The run of a pipeline's job in a set of several: its ID begins like the set's, and the set is its parent.</summary>
    public async Task<string?> StepRunAsync(string set, string pipeline, CancellationToken ct)
    {
        var body = new JsonObject { ["parent"] = set, ["only_fields"] = new JsonArray("id", "name") };
        var found = await stage.ClearML.CallAsync("tasks.get_all", body, ct);
        var tasks = found["tasks"]?.AsArray() ?? [];
        return tasks.FirstOrDefault(task => task?["name"]?.ToString() == pipeline)?["id"]?.ToString();
    }

    private static ModelVersion VersionOf(JsonObject version)
    {
        var tags = version["tags"]?.AsArray() ?? [];
        var inputs = tags.Where(tag => tag?["key"]?.ToString().StartsWith(InputTag, StringComparison.Ordinal) == true);
        return new(
            int.Parse(version["version"]?.ToString() ?? "0", CultureInfo.InvariantCulture),
            version["run_id"]?.ToString() ?? "",
            [.. inputs.Select(tag => tag!["value"]!.ToString())]
        );
    }
}
