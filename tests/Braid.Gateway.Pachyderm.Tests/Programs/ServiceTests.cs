using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Testing;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;
using static Braid.Gateway.Pachyderm.Tests.Doors.PipelineWords;

namespace Braid.Gateway.Pachyderm.Tests.Programs;

/// <summary>Where a service is, for those who look at its pipeline and for the programs of others.</summary>
public sealed class ServiceTests : DoorTests
{
    [Fact]
    public async Task Programs_of_other_pipelines_are_told_where_a_service_is()
    {
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "one"));
        var (inside, outside) = (FreePort.Next(), FreePort.Next());
        await Client.CreatePipelineAsync(Web(inside, outside));

        await Client.CreatePipelineAsync(Shell("ask", "env | grep USER_SERVICE | sort", Read("images", "/")));
        await Client.NewestEndedAsync("ask");
        var service = (await Client.InspectPipelineAsync("my-web")).Details.Service;

        Assert.Equal(
            [
                "DEFAULT_MY_WEB_V1_USER_SERVICE_HOST=127.0.0.1",
                $"DEFAULT_MY_WEB_V1_USER_SERVICE_PORT={outside}",
                "PIPELINE_MY_WEB_V1_USER_SERVICE_HOST=127.0.0.1",
                $"PIPELINE_MY_WEB_V1_USER_SERVICE_PORT={outside}",
            ],
            await Client.LinesAsync("ask")
        );
        Assert.Equal(
            ("127.0.0.1", inside, outside, "NodePort"),
            (service.Ip, service.InternalPort, service.ExternalPort, service.Type)
        );
    }

    [Fact]
    public async Task Stopped_service_is_nowhere()
    {
        await Client.CreateRepoAsync("images");
        await Client.CreatePipelineAsync(Web(8000, 0));
        var running = (await Client.InspectPipelineAsync("my-web")).Details.Service;

        await Client.WorkAsync("StopPipeline", new Pps.StopPipelineRequest { Pipeline = new() { Name = "my-web" } });
        var stopped = (await Client.InspectPipelineAsync("my-web")).Details.Service;

        Assert.Equal(("127.0.0.1", 8000), (running.Ip, running.ExternalPort));
        Assert.Equal(("", 0), (stopped.Ip, stopped.ExternalPort));
    }

    private static Pps.CreatePipelineRequest Web(int inside, int outside)
    {
        var web = Shell("my-web", "sleep 600", Read("images", "/"));
        web.Service = new()
        {
            InternalPort = inside,
            ExternalPort = outside,
            Type = "NodePort",
        };
        return web;
    }
}
