using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using Braid.Protos.Admin;
using Braid.Protos.Auth;
using Braid.Protos.Enterprise;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;
using Version = Braid.Protos.Version.Version;

namespace Braid.Gateway.Pachyderm.Tests.Cluster;

public sealed class ClusterTests : DoorTests
{
    [Fact]
    public async Task Version_is_of_the_second_major()
    {
        var version = await Client.SendAsync<Empty, Version>("versionpb_v2.API", "GetVersion", new());

        Assert.Equal((2u, 11u), (version.Major, version.Minor));
    }

    [Fact]
    public async Task Deployment_has_a_stable_id()
    {
        var cluster = await Client.SendAsync<InspectClusterRequest, ClusterInfo>(
            "admin_v2.API",
            "InspectCluster",
            new() { ClientVersion = new() { Major = 2 } }
        );

        Assert.Equal(PachydermServer.DeploymentId, cluster.DeploymentId);
    }

    [Fact]
    public async Task Authentication_is_not_activated_on_an_open_server()
    {
        var whoAmI = await RefusalAsync(() =>
            Client.SendAsync<WhoAmIRequest, WhoAmIResponse>("auth_v2.API", "WhoAmI", new())
        );
        var groups = await RefusalAsync(() =>
            Client.SendAsync<GetGroupsRequest, GetGroupsResponse>("auth_v2.API", "GetGroups", new())
        );

        var activation = await RefusalAsync(() => Client.DoAsync("ActivateAuth", new Empty()));
        Assert.All(
            [whoAmI, groups, activation],
            refusal =>
            {
                Assert.Equal(GrpcCode.Unimplemented, refusal.Code);
                Assert.Equal("the auth service is not activated", refusal.Message);
            }
        );
    }

    [Fact]
    public async Task Enterprise_state_is_none()
    {
        var state = await Client.SendAsync<GetStateRequest, GetStateResponse>("enterprise_v2.API", "GetState", new());

        Assert.Equal(State.None, state.State);
    }

    [Fact]
    public async Task Call_that_is_not_supported_says_its_name()
    {
        var cache = await RefusalAsync(() => Client.DoAsync("ClearCache", new Empty()));

        Assert.Equal(GrpcCode.Unimplemented, cache.Code);
        Assert.Equal("pfs_v2.API/ClearCache is not supported yet", cache.Message);
    }

    [Fact]
    public async Task Delete_all_leaves_the_default_project()
    {
        await Client.CreateRepoAsync("images");

        await Client.DoAsync("DeleteAll", new Empty());

        Assert.Empty(await Client.ListAsync<Pfs.ListRepoRequest, Pfs.RepoInfo>("ListRepo", new()));
        await Client.CreateRepoAsync("images");
    }
}
