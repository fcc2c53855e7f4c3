using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Braid.Testing;
using Braid.Workloads.Submission;

namespace Braid.Gateway.Web.Tests.Agents;

/// <summary>Kubeflow's jobs on one machine: real processes that find each other by the names and ports that they would have in a cluster.</summary>
public sealed class TrainingJobTests
{
    /// <summary>Worker 0 listens at its own name, the others send it their numbers; TF_CONFIG says where.</summary>
    private const string meet = """
        import json, os, socket, time
        config = json.loads(os.environ["TF_CONFIG"])
        workers = config["cluster"]["worker"]
        index = config["task"]["index"]
        host, port = workers[0].split(":")
        if index == 0:
            listening = socket.create_server((host, int(port)))
            total = 0
            for _ in workers[1:]:
                peer, _ = listening.accept()
                total += int(peer.recv(16))
            print("total", total, flush=True)
        else:
            for _ in range(500):
                try:
                    peer = socket.create_connection((host, int(port)))
                    break
                except OSError:
                    time.sleep(0.02)
            peer.sendall(str(index).encode())
            print("sent", index, flush=True)
        """;

    [Fact]
    public async Task A_TFJobs_replicas_find_each_other_by_TF_CONFIG()
    {
        await using var host = await AgentHost.StartAsync();
        var job = await host.SubmitJobAsync("meet", "TFJob", "tfReplicaSpecs", "tensorflow", ("Worker", 3, meet));
        var ended = await host.UntilAsync(job.Id, one => one.Ended is not null);
        Assert.True(ended.State == WorkloadState.Succeeded, await host.DescribeAsync(job.Id));
        Assert.Equal(["sent 1", "sent 2", "total 3"], (await host.PrintedAsync(job.Id)).Order());
        Assert.Equal(
            ["meet-worker-0", "meet-worker-1", "meet-worker-2"],
            ended.Replicas.Select(replica => replica.Name)
        );
    }

    [Fact]
    public async Task A_PyTorchJobs_ranks_are_told_who_they_are()
    {
        const string tell = """
            import os
            e = os.environ
            print(e["RANK"], e["WORLD_SIZE"], e["MASTER_ADDR"], e["MASTER_PORT"], flush=True)
            """;
        await using var host = await AgentHost.StartAsync();
        var job = await host.SubmitJobAsync(
            "ranks",
            "PyTorchJob",
            "pytorchReplicaSpecs",
            "pytorch",
            ("Master", 1, tell),
            ("Worker", 1, tell + "\nimport time; time.sleep(0.3)")
        );
        var ended = await host.UntilAsync(job.Id, one => one.Ended is not null);
        Assert.True(ended.State == WorkloadState.Succeeded, await host.DescribeAsync(job.Id));
        Assert.Contains("0 2 ranks-master-0 23456", await host.PrintedAsync(job.Id));
    }

    [Fact]
    public async Task A_rank_that_fails_takes_the_whole_gang_back_to_the_start()
    {
        const string once = """
            import os, sys, time
            mark = "/shared/" + os.environ["RANK"]
            first = not os.path.exists(mark)
            open(mark, "w").close()
            print("rank", os.environ["RANK"], "first" if first else "again", flush=True)
            if first and os.environ["RANK"] == "1":
                sys.exit(130)
            if first:
                time.sleep(30)
            elif os.environ["RANK"] == "1":
                open("/shared/done", "w").close()
            else:
                while not os.path.exists("/shared/done"):
                    time.sleep(0.01)
            """;
        await using var host = await AgentHost.StartAsync();
        var job = await host.SubmitJobAsync(
            "gang",
            "PyTorchJob",
            "pytorchReplicaSpecs",
            "pytorch",
            ("Master", 1, once),
            ("Worker", 1, once)
        );
        var ended = await host.UntilAsync(job.Id, one => one.Ended is not null);
        Assert.True(ended.State == WorkloadState.Succeeded, await host.DescribeAsync(job.Id));
        Assert.Equal(
            ["rank 0 again", "rank 0 first", "rank 1 again", "rank 1 first"],
            (await host.PrintedAsync(job.Id)).Order()
        );
    }

    [Fact]
    public async Task A_manifest_that_will_not_do_is_refused_in_Kubernetes_words()
    {
        await using var host = await AgentHost.StartAsync();
        var refused = await host.TrySubmitJobAsync("bad", "TFJob", "tfReplicaSpecs", "other", ("Worker", 1, "pass"));
        Assert.Contains(
            "must have at least one container with name tensorflow",
            refused.Error?.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Manifests_come_by_the_web_door_and_go_back_as_objects_with_their_status()
    {
        await using var host = await AgentHost.StartAsync();
        const string manifests = """
            apiVersion: kubeflow.org/v1
            kind: TFJob
            metadata: {name: one}
            spec: {tfReplicaSpecs: {Worker: {template: {spec: {containers: [{name: tensorflow, image: x, command: ["true"]}]}}}}}
            """;
        using var made = await host.Web.Client.PostAsJsonAsync("/api/jobs", new { manifests });
        Assert.Equal("one", (string?)(await made.Content.ReadFromJsonAsync<JsonNode>())?["jobs"]?[0]?["name"]);
        var shown = await Eventually.GetAsync(
            async () =>
                await host.Web.Client.GetFromJsonAsync<JsonNode>("/api/jobs?kind=tfjob&name=one") is { } answer
                && (string?)answer["jobs"]?[0]?["status"]?["conditions"]?.AsArray()[^1]?["type"] == "Succeeded"
                    ? answer
                    : null,
            "it has succeeded"
        );
        Assert.Equal(32, ((string?)shown["jobs"]?[0]?["metadata"]?["uid"])?.Length);

        using var second = await host.Web.Client.PostAsJsonAsync(
            "/api/jobs",
            new { manifests = manifests + "\n---\nkind: X" }
        );
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
    }
}
