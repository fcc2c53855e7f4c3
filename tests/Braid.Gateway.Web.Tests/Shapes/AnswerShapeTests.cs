using System.Text;
using System.Text.Json.Nodes;
using Braid.Gateway.Web.Tests.PipelineViews;
using Braid.Gateway.Web.Tests.Runs;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Inputs;
using Braid.Tracking.Runs;

namespace Braid.Gateway.Web.Tests.Shapes;

/// <summary>
/// Answers of the server as values of the application's types: a property that is renamed, added or of another kind here changes the golden
/// file, and one that is so over there fails the application's type check (<c>npm run check</c>), which reads the same file.
/// </summary>
public sealed class AnswerShapeTests
{
    private const string file = "web/src/api/answers.golden.ts";
    private const string edges = "/api/pipelines/default/edges";

    [Fact]
    public async Task What_the_server_answers_are_values_of_the_applications_types()
    {
        await using var host = await PipelineCalls.StartAsync(PipelineCalls.Edges, PipelineCalls.Montage);
        var (parent, child) = await FillAsync(host);
        var job = $"{(await host.GetAsync($"{edges}/jobs"))["jobs"]![0]!["id"]}";
        var commit = $"{(await host.GetAsync("/api/data/repos/default/images/commits"))["commits"]![0]!["id"]}";
        var queue = $"{(await host.GetAsync("/api/queues"))["queues"]![0]!["id"]}";
        var files = $"/api/data/repos/default/images/commits/{commit}";
        var golden = new GoldenAnswers();
        await golden.AddAsync(host, "runs", "RunPage", "/api/runs?column=metrics.loss&column=params.lr&limit=2");
        await golden.AddAsync(host, "runs", "RunKeys", "/api/runs/columns");
        await golden.AddAsync(host, "run", "RunDetails", $"/api/runs/{child}");
        await golden.AddAsync(host, "run", "{ metrics: Metric[] }", $"/api/runs/{child}/metrics");
        await golden.AddAsync(host, "run", "{ curves: Curve[] }", $"/api/curves?run={child}&key=loss");
        await golden.AddAsync(host, "run", "LogSlice", $"/api/runs/{child}/log?from=0");
        await golden.AddAsync(host, "run", "FileList", $"/api/runs/{parent}/files");
        await golden.AddAsync(host, "runs", "{ projects: ProjectSummary[] }", "/api/projects");
        await golden.AddAsync(host, "finding", "FindingList", "/api/find?q=edges");
        await golden.AddAsync(host, "data", "RepoList", "/api/data/repos");
        await golden.AddAsync(host, "data", "RepoDetails", "/api/data/repos/default/images");
        await golden.AddAsync(host, "data", "CommitPage", "/api/data/repos/default/images/commits");
        await golden.AddAsync(host, "data", "CommitDetails", files);
        await golden.AddAsync(host, "data", "Listing", $"{files}/files");
        await golden.AddAsync(host, "data", "Changes", $"{files}/changes");
        await golden.AddAsync(host, "data", "PathHistory", $"{files}/history?path=/file");
        await golden.AddAsync(host, "pipelines", "PipelineList", "/api/pipelines");
        await golden.AddAsync(host, "pipelines", "PipelineDetails", edges);
        await golden.AddAsync(host, "jobs", "JobList", $"{edges}/jobs");
        await golden.AddAsync(host, "jobs", "JobDetails", $"{edges}/jobs/{job}");
        await golden.AddAsync(host, "shares", "{ queues: Queue[] }", "/api/queues");
        await golden.AddAsync(host, "shares", "FilledQueue", $"/api/queues/{queue}");
        await golden.AddAsync(host, "space", "SpaceUse", "/api/space");
        await golden.AddAsync(host, "space", "SweepState", "/api/gc");
        await golden.AddAsync(host, "me", "Me", "/api/me");
        await golden.AddAsync(host, "admin", "{ users: Person[] }", "/api/users");
        await golden.AddAsync(host, "admin", "KeyList", "/api/keys");
        await golden.AddAsync(host, "admin", "AuditPage", "/api/audit?user=anonymous&limit=1");
        await golden.AddAsync(host, "admin", "Installation", "/api/installation");
        var reader = await SubmitReaderAsync(host, commit);
        await golden.AddAsync(host, "compare", "{ runs: ComparedRun[] }", $"/api/compare?run={reader}&run={child}");
        Golden.Match(file, golden.Text());
    }

    /// <summary>A run that waits for a machine, and reads a commit.</summary>
    private static async Task<RunId> SubmitReaderAsync(WebHost host, string commit)
    {
        await host.OkAsync("POST", "/api/shares", """{"name": "team"}""");
        const string work = """
            {"name": "train", "project": "team", "kind": "train", "command": ["true"], "cpu_millicores": 1000}
            """;
        var run = RunId.Parse($"{(await host.OkAsync("POST", "/api/workloads", work))["id"]}");
        var input = new RunInput(run, "images", "default/images", "master", commit);
        await host.Rooms.Database.WriteAsync(db => host.Rooms.Inputs.AddForJobAsync(db, input), default);
        return run;
    }

    /// <summary>A run and its child, of which one has what the other lacks; a queue, a key pair, a file.</summary>
    private static async Task<(string Parent, string Child)> FillAsync(WebHost host)
    {
        var parent = await LoggedRuns.CreateAsync(host, "parent", 1, "best");
        var child = await LoggedRuns.CreateAsync(host, "child", 0.5);
        await host.Rooms.Runs.UpdateAsync(WebHost.Internal, child, new() { Parent = parent }, default);
        await host.Rooms.Runs.SetStatusAsync(WebHost.Internal, child, new(RunStatus.Completed), default);
        var line = new Tracking.Logs.LogLine { TimestampMs = 1000, Text = "begins" };
        await host.Rooms.Logs.AppendAsync(WebHost.Internal, child, [line], default);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("x"));
        await host.Rooms.Artifacts.PutAsync(
            WebHost.Internal,
            ArtifactSpaces.MLflow,
            $"0/{parent}/artifacts/notes.txt",
            content,
            parent,
            default
        );
        var choice = new Tracking.Queues.QueueChoice.ByName("gpu");
        await host.Rooms.Runs.SetStatusAsync(
            WebHost.Internal,
            parent,
            new(RunStatus.Created) { Force = true },
            default
        );
        await host.Rooms.Waiting.EnqueueAsync(WebHost.Internal, parent, choice, new(RunStatus.Queued), default);
        await host.OkAsync("POST", "/api/keys", """{"label": "laptop"}""");
        return ($"{parent}", $"{child}");
    }
}
