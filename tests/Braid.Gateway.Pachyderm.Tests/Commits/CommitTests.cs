using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Commits;

public sealed class CommitTests : DoorTests
{
    private const string pfs = "pfs_v2.API";

    [Fact]
    public async Task Commit_is_started_written_and_finished()
    {
        await Client.CreateRepoAsync("images");

        var commit = await StartAsync("images");
        await Client.PutAsync(commit, ("/a", "one"));
        var open = await Client.InspectCommitAsync(commit);
        await FinishAsync(commit);
        var finished = await Client.InspectCommitAsync(commit);

        Assert.Null(open.Finished);
        Assert.Null(open.Details);
        Assert.NotNull(finished.Finished);
        Assert.Equal(3, finished.Details.SizeBytes);
        Assert.Equal(Pfs.OriginKind.User, finished.Origin.Kind);
    }

    [Fact]
    public async Task Commit_names_its_repo_in_both_places_and_its_branch()
    {
        await Client.CreateRepoAsync("images");

        var commit = await StartAsync("images");

        Assert.Equal(commit.Repo, commit.Branch.Repo);
        Assert.Equal("default", commit.Repo.Project.Name);
        Assert.Equal("master", commit.Branch.Name);
        Assert.True(Hex32.TryParse(commit.Id, out _));
    }

    [Fact]
    public async Task Repo_named_only_through_the_branch_is_understood()
    {
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "one"));

        var info = await Client.InspectCommitAsync(new() { Branch = Branch("images", "master") });

        Assert.Equal("images", info.Commit.Repo.Name);
    }

    [Fact]
    public async Task Ancestors_are_found_by_text()
    {
        await Client.CreateRepoAsync("images");
        var ids = new List<string>();
        foreach (var text in (string[])["one", "two", "three"])
        {
            await Client.PutAsync(Head("images"), ("/a", text));
            ids.Add((await Client.InspectCommitAsync(Head("images"))).Commit.Id);
        }

        Assert.Equal(ids[1], (await Client.InspectCommitAsync(Commit("images", "master^"))).Commit.Id);
        Assert.Equal(ids[0], (await Client.InspectCommitAsync(Commit("images", "master^2"))).Commit.Id);
        Assert.Equal(ids[0], (await Client.InspectCommitAsync(Head("images", "master.1"))).Commit.Id);
        Assert.Equal(
            GrpcCode.NotFound,
            (await RefusalAsync(() => Client.InspectCommitAsync(Commit("images", "master^3")))).Code
        );
    }

    [Fact]
    public async Task List_is_newest_first_with_parents()
    {
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "one"));
        await Client.PutAsync(Head("images"), ("/a", "two"));

        var all = await Client.ListAsync<Pfs.ListCommitRequest, Pfs.CommitInfo>(
            "ListCommit",
            new() { Repo = Repo("images") }
        );

        Assert.Equal(2, all.Count);
        Assert.Equal(all[1].Commit.Id, all[0].ParentCommit.Id);
        Assert.Null(all[1].ParentCommit);
        Assert.All(all, info => Assert.NotNull(info.Finished));
    }

    [Fact]
    public async Task Finished_commit_is_not_written_and_not_finished_again()
    {
        await Client.CreateRepoAsync("images");
        var commit = await StartAsync("images");
        await FinishAsync(commit);

        var write = await RefusalAsync(() => Client.PutAsync(Commit("images", commit.Id), ("/a", "one")));
        var finish = await RefusalAsync(() => FinishAsync(commit));

        Assert.Contains("has already finished", write.Message, StringComparison.Ordinal);
        Assert.Contains("has already finished", finish.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cleared_commit_is_empty()
    {
        await Client.CreateRepoAsync("images");
        var commit = await StartAsync("images");
        await Client.PutAsync(commit, ("/a", "one"));

        await Client.DoAsync("ClearCommit", new Pfs.ClearCommitRequest { Commit = commit });

        Assert.Equal(0, (await Client.InspectCommitAsync(commit)).SizeBytesUpperBound);
    }

    [Fact]
    public async Task Subscription_tells_commits_that_are_and_those_that_come()
    {
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "one"));

        await using var commits = Client
            .StreamAsync<Pfs.SubscribeCommitRequest, Pfs.CommitInfo>(
                pfs,
                "SubscribeCommit",
                new()
                {
                    Repo = Repo("images"),
                    Branch = "master",
                    State = Pfs.CommitState.Finished,
                }
            )
            .GetAsyncEnumerator();

        Assert.True(await commits.MoveNextAsync());
        var first = commits.Current;
        await Client.PutAsync(Head("images"), ("/a", "two"));
        Assert.True(await commits.MoveNextAsync());
        Assert.Equal(first.Commit.Id, commits.Current.ParentCommit.Id);
    }

    [Fact]
    public async Task Commit_set_is_inspected_listed_and_dropped()
    {
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "one"));
        var set = new Pfs.CommitSet { Id = (await Client.InspectCommitAsync(Head("images"))).Commit.Id };

        var inspected = await Client.ListAsync<Pfs.InspectCommitSetRequest, Pfs.CommitInfo>(
            "InspectCommitSet",
            new() { CommitSet = set, Wait = true }
        );
        var listed = await Client.ListAsync<Pfs.ListCommitSetRequest, Pfs.CommitSetInfo>("ListCommitSet", new());
        await Client.DoAsync("DropCommitSet", new Pfs.DropCommitSetRequest { CommitSet = set });

        Assert.Equal(set.Id, Assert.Single(inspected).Commit.Id);
        Assert.Equal(set, Assert.Single(listed).CommitSet);
        Assert.Equal(
            GrpcCode.NotFound,
            (await RefusalAsync(() => Client.InspectCommitAsync(Commit("images", set.Id)))).Code
        );
    }

    private Task<Pfs.Commit> StartAsync(string repo) =>
        Client.SendAsync<Pfs.StartCommitRequest, Pfs.Commit>(
            pfs,
            "StartCommit",
            new() { Branch = Branch(repo, "master") }
        );

    private Task<Empty> FinishAsync(Pfs.Commit commit) =>
        Client.DoAsync("FinishCommit", new Pfs.FinishCommitRequest { Commit = commit });
}
