using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Branches;

public sealed class BranchTests : DoorTests
{
    [Fact]
    public async Task Branch_is_made_at_a_commit_listed_and_deleted()
    {
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "one"));

        await CreateAsync(new() { Branch = Branch("images", "stable"), Head = Head("images") });
        var stable = await InspectAsync("images", "stable");
        var names = (await ListAsync("images")).Select(info => info.Branch.Name);
        await Client.DoAsync("DeleteBranch", new Pfs.DeleteBranchRequest { Branch = Branch("images", "stable") });

        Assert.Equal((await InspectAsync("images", "master")).Head.Id, stable.Head.Id);
        Assert.Equal(["master", "stable"], names.Order());
        Assert.Single(await ListAsync("images"));
    }

    [Fact]
    public async Task Head_without_a_repo_is_one_of_the_branchs_own()
    {
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "one"));

        await CreateAsync(
            new()
            {
                Branch = Branch("images", "stable"),
                Head = new() { Id = "master" },
            }
        );

        Assert.NotNull((await InspectAsync("images", "stable")).Head);
    }

    [Fact]
    public async Task Provenance_and_subvenance_are_told()
    {
        await Client.CreateRepoAsync("images");
        await Client.CreateRepoAsync("edges");

        await CreateAsync(new() { Branch = Branch("edges", "master"), Provenance = { Branch("images", "master") } });

        Assert.Equal("images", Assert.Single((await InspectAsync("edges", "master")).DirectProvenance).Repo.Name);
        Assert.Equal("edges", Assert.Single((await InspectAsync("images", "master")).Subvenance).Repo.Name);
    }

    [Fact]
    public async Task Trigger_comes_back_as_it_was_given()
    {
        await Client.CreateRepoAsync("images");
        var trigger = new Pfs.Trigger
        {
            Branch = "dev",
            Size = "1MB",
            Commits = 3,
        };

        await CreateAsync(new() { Branch = Branch("images", "master"), Trigger = trigger });

        Assert.Equal(trigger, (await InspectAsync("images", "master")).Trigger);
    }

    [Fact]
    public async Task Head_of_another_repo_is_refused()
    {
        await Client.CreateRepoAsync("images");
        await Client.CreateRepoAsync("edges");
        await Client.PutAsync(Head("edges"), ("/a", "one"));

        var refusal = await RefusalAsync(() =>
            CreateAsync(new() { Branch = Branch("images", "stable"), Head = Head("edges") })
        );

        Assert.Equal("branch and head commit must belong to the same repo", refusal.Message);
    }

    [Fact]
    public async Task Missing_branch_is_not_found()
    {
        await Client.CreateRepoAsync("images");

        var refusal = await RefusalAsync(() => InspectAsync("images", "nothing"));

        Assert.Equal(GrpcCode.NotFound, refusal.Code);
        Assert.Equal("branch \"nothing\" not found in repo default/images", refusal.Message);
    }

    private Task<Empty> CreateAsync(Pfs.CreateBranchRequest request) => Client.DoAsync("CreateBranch", request);

    private Task<Pfs.BranchInfo> InspectAsync(string repo, string name) =>
        Client.SendAsync<Pfs.InspectBranchRequest, Pfs.BranchInfo>(
            "pfs_v2.API",
            "InspectBranch",
            new() { Branch = Branch(repo, name) }
        );

    private Task<List<Pfs.BranchInfo>> ListAsync(string repo) =>
        Client.ListAsync<Pfs.ListBranchRequest, Pfs.BranchInfo>("ListBranch", new() { Repo = Repo(repo) });
}
