using System.Text.Json.Nodes;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Logs;
using Braid.Testing;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Programs;

public sealed class SpoutTests
{
    [Fact]
    public async Task Spout_runs_without_input_and_its_lines_are_of_the_job_spout()
    {
        await using var world = await StartAsync();
        await world.CreateAsync(Spout("echo $PPS_PIPELINE_NAME begun; sleep 600"));

        await SaysAsync(world, "source begun");
        var lines = await LinesAsync(world, new() { Pipeline = Ref("source"), Job = "spout" });

        Assert.All(lines, line => Assert.Equal("spout", line.Job));
        Assert.Equal(PipelineState.Running, (await InspectAsync(world)).State);
        Assert.Empty(Ok(await world.Jobs.ListAsync(Admin, new() { Pipeline = Ref("source") }, default)));
    }

    [Fact]
    public async Task Spout_whose_user_is_not_there_says_so()
    {
        await using var world = await StartAsync();
        var spec = Spout("echo begun; sleep 600");
        spec["transform"]!["user"] = "nobody-has-this-name";
        await world.CreateAsync(spec);

        await Eventually.IsTrueAsync(
            async () => (await InspectAsync(world)).Reason.Contains("nobody-has-this-name", StringComparison.Ordinal),
            "the reason names the user"
        );
        Assert.Empty(await TextsAsync(world));
    }

    [Fact]
    public async Task Spout_that_ends_is_started_again_and_its_pipeline_is_crashing_meanwhile()
    {
        await using var world = await StartAsync();
        await world.CreateAsync(Spout("echo again; exit 7"));

        await Eventually.IsTrueAsync(
            async () => (await TextsAsync(world)).Count(line => line == "again") >= 2,
            "the program was started again"
        );
        var state = await InspectAsync(world);

        Assert.Equal(PipelineState.Crashing, state.State);
        Assert.StartsWith("the program exited with code 7 (started ", state.Reason, StringComparison.Ordinal);
        Assert.Contains(
            await TextsAsync(world, master: true),
            line => line.StartsWith("the program exited with code 7; it is started again at", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Spout_is_stopped_started_updated_and_deleted_with_its_pipeline()
    {
        await using var world = await StartAsync();
        await world.CreateAsync(Spout("echo one; sleep 600"));
        await SaysAsync(world, "one");

        Ok(await world.Pipelines.StopAsync(Admin, Ref("source"), default));
        await EndedAsync(world);
        Assert.Equal(PipelineState.Paused, (await InspectAsync(world)).State);
        Ok(await world.Pipelines.StartAsync(Admin, Ref("source"), default));
        await Eventually.IsTrueAsync(
            async () => (await TextsAsync(world)).Count(line => line == "one") == 2,
            "it runs again"
        );
        await world.CreateAsync(Spout("echo two; sleep 600"), update: true);
        await SaysAsync(world, "two");
        Ok(await world.Pipelines.DeleteAsync(Admin, Ref("source"), false, false, default));
        await EndedAsync(world);
    }

    [Fact]
    public async Task Spout_of_a_server_that_died_is_started_by_the_next_one()
    {
        await using var world = await StartAsync();
        await world.CreateAsync(Spout("echo begun; sleep 600"));
        await SaysAsync(world, "begun");
        await world.Host.DisposeAsync();
        world.Reopen();
        await world.StartLoopsAsync();

        await Eventually.IsTrueAsync(
            async () => (await TextsAsync(world)).Count(line => line == "begun") == 2,
            "it runs again"
        );
        Assert.Equal(PipelineState.Running, (await InspectAsync(world)).State);
    }

    [Fact]
    public async Task Port_that_is_taken_is_told_as_the_reason()
    {
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Any, 0);
        other.Start();
        var port = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;
        await using var world = await StartAsync();
        var spec = Spout("sleep 600");
        spec["spout"] = new JsonObject { ["service"] = new JsonObject { ["internalPort"] = port } };
        await world.CreateAsync(spec);

        await Eventually.IsTrueAsync(
            async () => (await InspectAsync(world)).Reason.StartsWith($"port {port} of this machine is taken"),
            "the reason is told"
        );
    }

    [Fact]
    public async Task External_port_leads_to_the_internal_one()
    {
        var (inside, outside) = (FreePort.Next(), FreePort.Next());
        await using var world = await StartAsync();
        var spec = Spout($"python3 -m http.server {inside} --directory /pachctl");
        spec["spout"] = new JsonObject
        {
            ["service"] = new JsonObject { ["internalPort"] = inside, ["externalPort"] = outside },
        };
        await world.CreateAsync(spec);
        using var http = new HttpClient();

        await Eventually.IsTrueAsync(
            async () =>
            {
                try
                {
                    return (await http.GetStringAsync(new Uri($"http://127.0.0.1:{outside}/config.json"))).Contains(
                        "pachd_address"
                    );
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the program answers at its external port"
        );
    }

    private static JsonObject Spout(string shell)
    {
        var spec = Spec("source", shell, "unused:/");
        spec.Remove("input");
        spec["spout"] = new JsonObject();
        return spec;
    }

    private static async Task<PipelineVersion> InspectAsync(PipelineWorld world) =>
        Ok(await world.Pipelines.InspectAsync(Admin, Ref("source"), 0, default));

    private static Task SaysAsync(PipelineWorld world, string text) =>
        Eventually.IsTrueAsync(async () => (await TextsAsync(world)).Contains(text), $"the program says {text}");

    /// <summary>Returns when no program runs.</summary>
    private static Task EndedAsync(PipelineWorld world) =>
        Eventually.IsTrueAsync(() => Task.FromResult(world.ProgramFolders.Count == 0), "the program has ended");

    private static async Task<List<string>> TextsAsync(PipelineWorld world, bool master = false) =>
        [
            .. (await LinesAsync(world, new() { Pipeline = Ref("source"), Master = master })).Select(line =>
                line.Message
            ),
        ];

    private static async Task<List<JobLogLine>> LinesAsync(PipelineWorld world, LogFilter filter) =>
        await Ok(await world.Host.Logs.ReadAsync(Admin, filter, default)).ToListAsync();
}
