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
    public async Task Every_option_of_a_list_cuts_it()
    {
        await Client.CreateRepoAsync("images");
        var ids = new List<string>();
        for (var number = 0; number < 4; number++)
        {
            await Client.PutAsync(Head("images"), ("/a", $"{number}"));
            ids.Add((await Client.InspectCommitAsync(Head("images"))).Commit.Id);
        }

        await Client.CreateRepoAsync("edges");
        await Client.DoAsync(
            "CreateBranch",
            new Pfs.CreateBranchRequest
            {
                Branch = Branch("edges", "master"),
                Provenance = { Branch("images", "master") },
            }
        );
        var second = await Client.InspectCommitAsync(Commit("images", ids[1]));

        Assert.Equal("32", await ListAsync(new() { Number = 2 }));
        Assert.Equal("01", await ListAsync(new() { Number = 2, Reverse = true }));
        Assert.Equal("21", await ListAsync(new() { To = Commit("images", ids[2]), From = Commit("images", ids[0]) }));
        Assert.Equal(
            "12",
            await ListAsync(
                new()
                {
                    To = Head("images", "master^"),
                    From = Commit("images", ids[0]),
                    Reverse = true,
                }
            )
        );
        Assert.Equal("3210", await ListAsync(new() { OriginKind = Pfs.OriginKind.User }));
        Assert.Equal("", await ListAsync(new() { OriginKind = Pfs.OriginKind.Auto }));
        Assert.Equal("3210", await ListAsync(new() { OriginKind = Pfs.OriginKind.Auto, All = true }));
        Assert.Equal("10", await ListAsync(new() { StartedTime = second.Started }));
        var refusal = await RefusalAsync(() => ListAsync(new() { From = Commit("images", ids[0]) }));
        Assert.Equal("cannot use `from` commit without `to` commit", refusal.Message);

        async Task<string> ListAsync(Pfs.ListCommitRequest request)
        {
            request.Repo = Repo("images");
            var found = await Client.ListAsync<Pfs.ListCommitRequest, Pfs.CommitInfo>("ListCommit", request);
            return string.Concat(found.Select(info => ids.IndexOf(info.Commit.Id)));
        }
    }

    [Fact]
    public async Task Output_is_awaited_ready_and_read_only_when_it_is_finished()
    {
        await Client.CreateRepoAsync("images");
        await Client.CreateRepoAsync("edges");
        await Client.DoAsync(
            "CreateBranch",
            new Pfs.CreateBranchRequest
            {
                Branch = Branch("edges", "master"),
                Provenance = { Branch("images", "master") },
            }
        );
        var input = await StartAsync("images");
        var ready = Client.SendAsync<Pfs.InspectCommitRequest, Pfs.CommitInfo>(
            pfs,
            "InspectCommit",
            new() { Commit = Commit("edges", input.Id), Wait = Pfs.CommitState.Ready }
        );
        await FinishAsync(input);
        var output = await ready.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Null(output.Finished);
        var read = await RefusalAsync(() => Client.TextAsync(Head("edges"), "/a"));
        Assert.Equal(GrpcCode.Unavailable, read.Code);
        Assert.Equal($"output commit default/edges@{input.Id} not finished", read.Message);
        var start = await RefusalAsync(() => StartAsync("edges"));
        Assert.Equal("cannot start a commit on an output branch: default/edges@master", start.Message);
        await FinishAsync(Head("edges"));
        Assert.NotNull((await Client.InspectCommitAsync(Head("edges"))).Finished);
    }

    [Fact]
    public async Task Commit_that_failed_is_passed_over()
    {
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "one"));
        var broken = await StartAsync("images");
        await Client.PutAsync(broken, ("/b", "two"));
        await Client.DoAsync("FinishCommit", new Pfs.FinishCommitRequest { Commit = broken, Error = "no disk" });

        var read = await RefusalAsync(() => Client.TextAsync(Commit("images", broken.Id), "/a"));
        await Client.PutAsync(Head("images"), ("/c", "three"));
        var missing = await RefusalAsync(() => Client.TextAsync(Head("images"), "/b"));

        Assert.Equal($"commit default/images@{broken.Id} finished with an error: no disk", read.Message);
        Assert.Equal("no disk", (await Client.InspectCommitAsync(broken)).Error);
        Assert.Equal("one", await Client.TextAsync(Head("images"), "/a"));
        Assert.Equal(GrpcCode.NotFound, missing.Code);
    }

    [Fact]
    public async Task Subscription_without_a_branch_tells_the_commits_of_all_that_have_the_origin()
    {
        await Client.CreateRepoAsync("images");
        await Client.DoAsync("CreateBranch", new Pfs.CreateBranchRequest { Branch = Branch("images", "empty") });
        await Client.PutAsync(Head("images"), ("/a", "one"));
        await Client.PutAsync(Head("images", "dev"), ("/a", "one"));

        var told = await Client
            .StreamAsync<Pfs.SubscribeCommitRequest, Pfs.CommitInfo>(
                pfs,
                "SubscribeCommit",
                new() { Repo = Repo("images"), OriginKind = Pfs.OriginKind.User }
            )
            .Take(2)
            .ToListAsync();

        Assert.Equal(["master", "dev"], told.Select(info => info.Commit.Branch.Name));
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
