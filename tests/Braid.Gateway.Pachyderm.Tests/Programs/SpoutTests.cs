using System.Text.Json;
using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using Braid.Testing;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Programs;

/// <summary>What a spout's program can do with the configuration that it finds.</summary>
public sealed class SpoutTests : DoorTests
{
    private const string pps = "pps_v2.API";

    [Fact]
    public async Task Program_writes_its_output_with_the_credentials_that_it_finds_and_nothing_else()
    {
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("other");
        await CreateAsync("cat $PACH_CONFIG; echo; sleep 600");
        var token = await TokenAsync();
        using var program = Server.Connect(token);

        await program.PutAsync(Head("source"), ("/message", "hello"));
        var other = await RefusalAsync(() => program.PutAsync(Head("other"), ("/message", "hello")));
        var read = await RefusalAsync(() => program.TextAsync(Head("other"), "/message"));
        var repo = await RefusalAsync(() => program.CreateRepoAsync("new"));

        Assert.Equal("hello", await Client.TextAsync(Head("source"), "/message"));
        Assert.All([other, read, repo], refusal => Assert.Equal(GrpcCode.PermissionDenied, refusal.Code));
        Assert.Equal(Pps.PipelineInfo.Types.PipelineType.Spout, (await InspectAsync()).Type);

        await Client.SendAsync<Pps.StopPipelineRequest, Empty>(
            pps,
            "StopPipeline",
            new() { Pipeline = new() { Name = "source" } }
        );
        await Eventually.IsTrueAsync(
            async () => await IsRefusedAsync(() => program.PutAsync(Head("source"), ("/late", "x"))),
            "the credentials die with the program"
        );
    }

    private static async Task<bool> IsRefusedAsync(Func<Task> call)
    {
        try
        {
            await call();
            return false;
        }
        catch (GrpcException)
        {
            return true;
        }
    }

    private async Task<string> TokenAsync()
    {
        var lines = Client.StreamAsync<Pps.GetLogsRequest, Pps.LogMessage>(
            pps,
            "GetLogs",
            new()
            {
                Pipeline = new() { Name = "source" },
                Follow = true,
            }
        );
        var config = await lines.FirstAsync(line =>
            line is { User: true, JobId: "spout" } && line.Message.Contains("v2")
        );
        using var read = JsonDocument.Parse(config.Message);
        var context = read.RootElement.GetProperty("v2").GetProperty("contexts").GetProperty("worker");
        Assert.Equal($"grpc://{Server.Address.Authority}", context.GetProperty("pachd_address").GetString());
        return context.GetProperty("session_token").GetString() ?? "";
    }

    private Task<Pps.PipelineInfo> InspectAsync() =>
        Client.SendAsync<Pps.InspectPipelineRequest, Pps.PipelineInfo>(
            pps,
            "InspectPipeline",
            new() { Pipeline = new() { Name = "source" } }
        );

    private Task<Empty> CreateAsync(string shell) =>
        Client.SendAsync<Pps.CreatePipelineRequest, Empty>(
            pps,
            "CreatePipeline",
            new()
            {
                Pipeline = new() { Name = "source" },
                Transform = new() { Cmd = { "sh" }, Stdin = { shell } },
                Spout = new(),
            }
        );
}
