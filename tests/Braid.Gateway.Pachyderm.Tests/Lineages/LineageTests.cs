using Braid.Gateway.Pachyderm.Tests.Doors;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Lineages;

public sealed class LineageTests : DoorTests
{
    [Fact]
    public async Task Commits_and_branches_are_walked_from_what_pickers_point_at()
    {
        await ChainAsync();
        await Client.PutAsync(Head("a"), ("/x", "1"));
        var id = (await Client.InspectCommitAsync(Head("a"))).Commit.Id;

        var up = await Client.ListAsync<Pfs.WalkCommitProvenanceRequest, Pfs.CommitInfo>(
            "WalkCommitProvenance",
            new()
            {
                Start =
                {
                    new Pfs.CommitPicker
                    {
                        Id = new() { Repo = PickRepo("c"), Id = id },
                    },
                },
            }
        );
        var down = await Client.ListAsync<Pfs.WalkCommitSubvenanceRequest, Pfs.CommitInfo>(
            "WalkCommitSubvenance",
            new() { Start = { new Pfs.CommitPicker { BranchHead = PickBranch("a") } }, MaxDepth = 1 }
        );
        var branchesUp = await Client.ListAsync<Pfs.WalkBranchProvenanceRequest, Pfs.BranchInfo>(
            "WalkBranchProvenance",
            new() { Start = { PickBranch("c") }, MaxBranches = 1 }
        );
        var branchesDown = await Client.ListAsync<Pfs.WalkBranchSubvenanceRequest, Pfs.BranchInfo>(
            "WalkBranchSubvenance",
            new() { Start = { PickBranch("a") } }
        );

        Assert.Equal(["b", "a"], up.Select(info => info.Commit.Repo.Name));
        Assert.Equal(["b"], down.Select(info => info.Commit.Repo.Name));
        Assert.Equal(["b"], branchesUp.Select(info => info.Branch.Repo.Name));
        Assert.Equal(["b", "c"], branchesDown.Select(info => info.Branch.Repo.Name));
    }

    [Fact]
    public async Task Root_of_a_branch_is_picked_and_an_empty_picker_is_refused()
    {
        await ChainAsync();
        var root = await Client.ListAsync<Pfs.WalkCommitSubvenanceRequest, Pfs.CommitInfo>(
            "WalkCommitSubvenance",
            new()
            {
                Start =
                {
                    new Pfs.CommitPicker
                    {
                        BranchRoot = new() { Offset = 1, Branch = PickBranch("a") },
                    },
                },
            }
        );
        var refusal = await RefusalAsync(() =>
            Client.ListAsync<Pfs.WalkCommitSubvenanceRequest, Pfs.CommitInfo>(
                "WalkCommitSubvenance",
                new() { Start = { new Pfs.CommitPicker() } }
            )
        );

        Assert.Equal(["b", "c"], root.Select(info => info.Commit.Repo.Name));
        Assert.StartsWith("commit must be picked", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commits_that_changed_a_path_are_found_then_where_the_search_ended()
    {
        await Client.CreateRepoAsync("r");
        await Client.PutAsync(Head("r"), ("/a", "1"));
        await Client.PutAsync(Head("r"), ("/b", "1"));
        await Client.PutAsync(Head("r"), ("/a", "2"));

        var steps = await Client.ListAsync<Pfs.FindCommitsRequest, Pfs.FindCommitsResponse>(
            "FindCommits",
            new() { Start = Head("r"), FilePath = "/a" }
        );

        Assert.Equal(
            [
                Pfs.FindCommitsResponse.ResultOneofCase.FoundCommit,
                Pfs.FindCommitsResponse.ResultOneofCase.FoundCommit,
                Pfs.FindCommitsResponse.ResultOneofCase.LastSearchedCommit,
            ],
            steps.Select(step => step.ResultCase)
        );
        Assert.Equal([1u, 3u, 3u], steps.Select(step => step.CommitsSearched));
        Assert.Equal("master", steps[0].FoundCommit.Branch.Name);
    }

    [Fact]
    public async Task Projects_are_summarised()
    {
        await Client.CreateRepoAsync("r");
        await Client.CreateRepoAsync("s");
        await Client.PutAsync(Head("r"), ("/a", "12345"));

        var all = await SummariseAsync(new());
        var missing = await RefusalAsync(() =>
            SummariseAsync(new() { Projects = { new Pfs.ProjectPicker { Name = "nothing" } } })
        );

        var one = Assert.Single(all.Summaries);
        Assert.Equal(("default", 2L, 5L), (one.Project.Name, one.UserRepoCount, one.SizeBytes));
        Assert.Equal("project \"nothing\" not found", missing.Message);
    }

    private static Pfs.RepoPicker PickRepo(string repo) => new() { Name = new() { Name = repo } };

    private static Pfs.BranchPicker PickBranch(string repo) =>
        new()
        {
            Name = new() { Repo = PickRepo(repo), Name = "master" },
        };

    private Task<Pfs.ReposSummaryResponse> SummariseAsync(Pfs.ReposSummaryRequest request) =>
        Client.SendAsync<Pfs.ReposSummaryRequest, Pfs.ReposSummaryResponse>("pfs_v2.API", "ReposSummary", request);

    private async Task ChainAsync()
    {
        foreach (var repo in (string[])["a", "b", "c"])
        {
            await Client.CreateRepoAsync(repo);
        }

        await DependAsync("b", "a");
        await DependAsync("c", "b");
    }

    private Task<Empty> DependAsync(string repo, string on) =>
        Client.DoAsync(
            "CreateBranch",
            new Pfs.CreateBranchRequest { Branch = Branch(repo, "master"), Provenance = { Branch(on, "master") } }
        );
}
