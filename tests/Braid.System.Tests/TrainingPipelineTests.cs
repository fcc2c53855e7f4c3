using System.Text.RegularExpressions;
using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>Pipelines whose work is a distributed job, from a commit to processes and back.</summary>
public sealed class TrainingPipelineTests : IAsyncLifetime
{
    private const string killsItselfOnce =
        "if [ ! -e /pfs/out/once ]; then touch /pfs/out/once; kill -9 $$; fi; cp /pfs/in/a /pfs/out/b";

    private static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    private ServerProcess server = null!; // set before each test

    public async Task InitializeAsync()
    {
        server = await ServerProcess.StartAsync();
        await RunAsync("create", "repo", "in");
        await File.WriteAllTextAsync(Path.Combine(server.Folder, "a"), "data");
        await RunAsync("put", "file", "in@master:/a", "-f", Path.Combine(server.Folder, "a"));
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_replica_that_is_killed_is_begun_again_as_the_manifest_says()
    {
        await CreateAsync("again", "OnFailure", killsItselfOnce, "echo x > /pfs/out/x || echo read-only");
        await UntilAsync("list job -p again", "success");
        Assert.Equal("data", (await RunAsync("get", "file", "again@master:/b")).Out);
        Assert.Contains("read-only", (await RunAsync("logs", "-p", "again")).Out);
    }

    [Fact]
    public async Task A_gang_that_fails_fails_its_job_with_what_went_wrong_first()
    {
        await CreateAsync("never", "Never", killsItselfOnce, "sleep 60");
        await UntilAsync("list job -p never --raw", "JOB_FAILURE");
        var job = (await RunAsync("list", "job", "-p", "never", "--raw")).Out;
        Assert.Matches("failed: never-[0-9a-f]{8}-chief-0 was ended by signal 9", job);
        var listed = await server.BraidAsync("list", "file", "never@master");
        Assert.Contains("finished with an error", listed.Error);
        Assert.DoesNotContain("/once", listed.Out);
    }

    [Fact]
    public async Task A_job_for_which_there_is_no_GPU_is_starting_and_says_why()
    {
        await CreateAsync("gpu", "Never", "true", "true", "resources: {limits: {nvidia.com/gpu: 1}}, ");
        await UntilAsync("list job -p gpu --raw", "too little gpu");
        var job = (await RunAsync("list", "job", "-p", "gpu", "--raw")).Out;
        Assert.Contains("JOB_STARTING", job);
        var id = Regex
            .Match((await RunAsync("list", "job", "-p", "gpu")).Out, "[0-9a-f]{32}", RegexOptions.None, second)
            .Value;
        Assert.Contains("too little gpu", (await RunAsync("explain", id)).Out);
        await RunAsync("stop", "job", $"gpu@{id}");
        await UntilAsync("list job -p gpu --raw", "JOB_KILLED");
    }

    private async Task CreateAsync(string name, string policy, string chief, string worker, string needs = "")
    {
        var file = Path.Combine(server.Folder, $"{name}.yaml");
        await File.WriteAllTextAsync(
            file,
            $$$"""
            pipeline: {name: {{{name}}}}
            input: {pfs: {repo: in}}
            tf_job:
              apiVersion: kubeflow.org/v1
              kind: TFJob
              metadata: {name: any}
              spec:
                tfReplicaSpecs:
                  Chief:
                    restartPolicy: {{{policy}}}
                    template:
                      spec: {containers: [{name: tensorflow, image: any, {{{needs}}}command: [sh, -c, "{{{chief}}}"]}]}
                  Worker:
                    restartPolicy: {{{policy}}}
                    template:
                      spec: {containers: [{name: tensorflow, image: any, {{{needs}}}command: [sh, -c, "{{{worker}}}"]}]}
            """
        );
        await RunAsync("create", "pipeline", "-f", file);
    }

    private async Task<Outcome> RunAsync(params string[] words)
    {
        var ran = await server.BraidAsync(words);
        Assert.True(ran.Code == 0, $"{string.Join(' ', words)}: {ran.Error}");
        return ran;
    }

    private Task UntilAsync(string words, string shown) =>
        Eventually.IsTrueAsync(
            async () => (await server.BraidAsync(words.Split(' '))).Out.Contains(shown, StringComparison.Ordinal),
            $"'{shown}' in the answer of {words}",
            TimeSpan.FromSeconds(60)
        );
}
