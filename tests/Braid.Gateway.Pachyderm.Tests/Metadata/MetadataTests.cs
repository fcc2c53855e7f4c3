using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using Braid.Protos.Admin;
using Braid.Protos.Metadata;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Metadata;

public sealed class MetadataTests : DoorTests
{
    private const string pfs = "pfs_v2.API";

    private static readonly Pfs.RepoPicker repo = new() { Name = new() { Name = "r" } };
    private static readonly Pfs.BranchPicker branch = new()
    {
        Name = new() { Repo = repo, Name = "master" },
    };

    [Fact]
    public async Task Every_info_shows_the_metadata_of_its_thing()
    {
        await Client.CreateRepoAsync("r");
        await Client.PutAsync(Head("r"), ("/a", "1"));

        await EditAsync(
            Add(new() { Project = new() { Name = "default" } }, "project"),
            Add(new() { Repo = repo }, "repo"),
            Add(new() { Branch = branch }, "branch"),
            Add(new() { Commit = new() { BranchHead = branch } }, "commit"),
            Add(new() { Cluster = new() }, "cluster")
        );

        var project = await Client.SendAsync<Pfs.InspectProjectRequest, Pfs.ProjectInfo>(
            pfs,
            "InspectProject",
            new() { Project = new() { Name = "default" } }
        );
        var inspected = await InspectAsync();
        var branchInfo = await Client.SendAsync<Pfs.InspectBranchRequest, Pfs.BranchInfo>(
            pfs,
            "InspectBranch",
            new() { Branch = Branch("r", "master") }
        );
        var cluster = await Client.SendAsync<InspectClusterRequest, ClusterInfo>(
            "admin_v2.API",
            "InspectCluster",
            new()
        );
        Assert.Equal("project", project.Metadata["key"]);
        Assert.Equal("repo", inspected.Metadata["key"]);
        Assert.Equal("branch", branchInfo.Metadata["key"]);
        Assert.Equal("commit", (await Client.InspectCommitAsync(Head("r"))).Metadata["key"]);
        Assert.Equal("cluster", cluster.Metadata["key"]);
    }

    [Fact]
    public async Task Keys_are_added_edited_deleted_and_replaced()
    {
        await Client.CreateRepoAsync("r");
        await EditAsync(Add(new() { Repo = repo }, "1"));
        var taken = await RefusalAsync(() => EditAsync(Add(new() { Repo = repo }, "2")));
        await EditAsync(
            new Edit
            {
                Repo = repo,
                EditKey = new() { Key = "key", Value = "2" },
            },
            new Edit
            {
                Repo = repo,
                EditKey = new() { Key = "other", Value = "3" },
            }
        );
        Assert.Equal(2, (await InspectAsync()).Metadata.Count);
        await EditAsync(
            new Edit
            {
                Repo = repo,
                DeleteKey = new() { Key = "key" },
            }
        );
        Assert.Equal("3", Assert.Single((await InspectAsync()).Metadata).Value);
        await EditAsync(
            new Edit
            {
                Repo = repo,
                Replace = new() { Replacement = { ["new"] = "4" } },
            }
        );
        Assert.Equal("new", Assert.Single((await InspectAsync()).Metadata).Key);

        Assert.Equal(GrpcCode.AlreadyExists, taken.Code);
        Assert.StartsWith("key \"key\" already exists", taken.Message, StringComparison.Ordinal);
        Assert.Equal(GrpcCode.InvalidArgument, (await RefusalAsync(() => EditAsync(new Edit { Repo = repo }))).Code);
    }

    private static Edit Add(Edit edit, string value)
    {
        edit.AddKey = new() { Key = "key", Value = value };
        return edit;
    }

    private Task<EditMetadataResponse> EditAsync(params Edit[] edits) =>
        Client.SendAsync<EditMetadataRequest, EditMetadataResponse>(
            "metadata.API",
            "EditMetadata",
            new() { Edits = { edits } }
        );

    private Task<Pfs.RepoInfo> InspectAsync() =>
        Client.SendAsync<Pfs.InspectRepoRequest, Pfs.RepoInfo>(pfs, "InspectRepo", new() { Repo = Repo("r") });
}
