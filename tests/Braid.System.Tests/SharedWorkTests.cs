using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>Submitted work and distributed jobs, from the command line to processes and back.</summary>
public sealed class SharedWorkTests : IAsyncLifetime
{
    private ServerProcess server = null!; // set before each test

    public async Task InitializeAsync() => server = await ServerProcess.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task The_example_of_a_distributed_job_runs_on_one_machine_as_its_manifest_says()
    {
        var manifest = Repository.PathOf("examples/distributed/tfjob.yaml");
        Assert.Equal("tfjob.kubeflow.org/fit-a-line created\n", (await RunAsync("create", "-f", manifest)).Out);
        await UntilAsync("get tfjobs fit-a-line --yaml", "type: Succeeded");

        var printed = (await RunAsync("logs", "fit-a-line")).Out;
        Assert.Contains("[fit-a-line-worker-0]", printed);
        Assert.Contains("[fit-a-line-worker-1]", printed);
        Assert.Contains("Succeeded", (await RunAsync("get", "tfjobs")).Out);
    }

    [Fact]
    public async Task The_oldest_form_of_a_job_is_taken_with_a_warning()
    {
        var manifest = Repository.PathOf("examples/distributed/tfjob-v1alpha1.yaml");
        var made = await RunAsync("create", "-f", manifest);
        Assert.Contains("Warning: kubeflow.org/v1alpha1", made.Error);
        await UntilAsync("get tfjobs example-job --yaml", "type: Succeeded");
    }

    [Fact]
    public async Task A_project_its_queue_and_its_quota_are_one_command()
    {
        await RunAsync("project", "create", "clearml", "--queue", "runai-clearml", "--gpu-quota", "4");
        Assert.Contains("runai-clearml", (await RunAsync("project", "list")).Out);
        await RunAsync("submit", "needs-gpu", "-p", "clearml", "-g", "1", "--", "true");
        await UntilAsync("explain needs-gpu -p clearml", "too little gpu: 1 requested, at most 0 free of 0");
    }

    [Fact]
    public async Task Work_that_runs_when_the_server_is_killed_runs_to_its_end_once_the_server_is_back()
    {
        for (var number = 1; number <= 20; number++)
        {
            await RunAsync("submit", $"work-{number}", "--", "sh", "-c", "echo begun; sleep 1; echo done");
        }

        await UntilAsync("list", "Running");
        await server.KillAsync();
        await server.StartAgainAsync();
        for (var number = 1; number <= 20; number++)
        {
            await UntilAsync($"describe job work-{number}", "STATUS: Succeeded");
            var printed = (await RunAsync("logs", $"work-{number}")).Out.Split('\n');
            Assert.Equal(1, printed.Count(line => line.EndsWith("done", StringComparison.Ordinal)));
        }
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
