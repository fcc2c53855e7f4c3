using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Scenarios;

/// <summary>What users of Pachyderm do in their first hours with data, message by message.</summary>
public sealed class GoldenTests : DoorTests
{
    private const string pfs = "pfs_v2.API";

    [Fact]
    public async Task Hello_repo()
    {
        await Client.CreateRepoAsync("images");
        var again = await RefusalAsync(() => Client.CreateRepoAsync("images"));
        var listed = Assert.Single(await ReposAsync());
        var deleted = await DeleteRepoAsync("images");

        Assert.Equal("repo default/images already exists", again.Message);
        Assert.Equal(("images", 0L), (listed.Repo.Name, listed.Details.SizeBytes));
        Assert.True(deleted);
        Assert.Empty(await ReposAsync());
    }

    [Fact]
    public async Task One_shot_put_is_one_commit_and_overwrites_unless_appending()
    {
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/liberty.png", "12345"));
        await Client.PutAsync(Head("images"), ("/liberty.png", "54321"));
        var commits = await CommitsAsync("images");
        await Client.ModifyAsync(
            new() { SetCommit = Head("images") },
            new()
            {
                AddFile = new() { Path = "/liberty.png", Raw = Google.Protobuf.ByteString.CopyFromUtf8("67890") },
            }
        );

        Assert.Equal(2, commits.Count);
        Assert.All(commits, info => Assert.Equal(Pfs.OriginKind.User, info.Origin.Kind));
        Assert.All(commits, info => Assert.NotNull(info.Finished));
        Assert.Equal(commits[1].Commit.Id, commits[0].ParentCommit.Id);
        Assert.Equal(5, commits[0].Details.SizeBytes);
        Assert.Equal(10, (await CommitsAsync("images"))[0].Details.SizeBytes);
    }

    [Fact]
    public async Task Explicit_commit_is_open_until_it_is_finished()
    {
        await Client.CreateRepoAsync("images");
        var commit = await StartAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "one"));
        await Client.PutAsync(Head("images"), ("/b", "two"));
        var open = Assert.Single(await CommitsAsync("images"));
        var waiting = Client.SendAsync<Pfs.InspectCommitRequest, Pfs.CommitInfo>(
            pfs,
            "InspectCommit",
            new() { Commit = commit, Wait = Pfs.CommitState.Finished }
        );
        await Client.DoAsync("FinishCommit", new Pfs.FinishCommitRequest { Commit = Head("images") });
        var finished = await waiting.WaitAsync(TimeSpan.FromMinutes(1));
        var late = await RefusalAsync(() => Client.PutAsync(Commit("images", commit.Id), ("/c", "three")));

        Assert.Null(open.Finished);
        Assert.Equal(6, open.SizeBytesUpperBound);
        Assert.NotNull(finished.Finished);
        Assert.Equal(6, finished.Details.SizeBytes);
        Assert.Equal($"commit default/images@{commit.Id} has already finished", late.Message);
    }

    [Theory]
    [InlineData("master^", 2)]
    [InlineData("master^2", 1)]
    [InlineData("master~1", 2)]
    [InlineData("master.1", 1)]
    [InlineData("master.3^", 2)]
    public async Task Ancestry(string text, int place)
    {
        var ids = await PutThreeAsync();

        Assert.Equal(ids[place - 1], (await Client.InspectCommitAsync(Commit("images", text))).Commit.Id);
        Assert.Equal(
            GrpcCode.NotFound,
            (await RefusalAsync(() => Client.InspectCommitAsync(Commit("images", "master^3")))).Code
        );
    }

    [Fact]
    public async Task File_reading()
    {
        await Client.CreateRepoAsync("r");
        await Client.PutAsync(Head("r"), ("/a", "ay"), ("/d/b", "bee"), ("/d/c", "sea"));

        Assert.Equal(["/a", "/d/"], await ListAsync("/"));
        Assert.Equal(2, (await ListAsync("/d")).Count);
        Assert.Equal(["/a", "/d/", "/d/b", "/d/c"], await GlobAsync("**"));
        Assert.Equal("bee", await Client.TextAsync(Head("r"), "/d/b"));
        var directory = await RefusalAsync(() => Client.TextAsync(Head("r"), "/d"));
        Assert.Equal("cannot get directory or non-regular file. Use GetFileTAR instead", directory.Message);
        var many = await RefusalAsync(() => Client.TextAsync(Head("r"), "/d/*"));
        Assert.Equal("matched multiple files. Use GetFileTAR instead", many.Message);
    }

    [Fact]
    public async Task Diff()
    {
        await Client.CreateRepoAsync("r");
        await Client.PutAsync(Head("r"), ("/a", "ay"), ("/d/b", "bee"), ("/d/c", "sea"));
        await Client.ModifyAsync(
            new() { SetCommit = Head("r") },
            new() { DeleteFile = new() { Path = "/a" } },
            new()
            {
                AddFile = new() { Path = "/a", Raw = Google.Protobuf.ByteString.CopyFromUtf8("changed") },
            },
            new()
            {
                AddFile = new() { Path = "/e", Raw = Google.Protobuf.ByteString.CopyFromUtf8("new") },
            },
            new() { DeleteFile = new() { Path = "/d/b" } }
        );

        var pairs = await Client.ListAsync<Pfs.DiffFileRequest, Pfs.DiffFileResponse>(
            "DiffFile",
            new()
            {
                NewFile = new() { Commit = Head("r"), Path = "/" },
                OldFile = new() { Commit = Commit("r", "master^"), Path = "/" },
            }
        );

        Assert.Equal(
            ["/ /", "/a /a", "/d/ /d/", "- /d/b", "/e -"],
            pairs.Select(pair => $"{pair.NewFile?.File.Path ?? "-"} {pair.OldFile?.File.Path ?? "-"}")
        );
    }

    [Fact]
    public async Task Deferred_processing_moves_the_branch_into_one_new_set()
    {
        await Client.CreateRepoAsync("edges");
        await Client.CreateRepoAsync("montage");
        await CreateAsync(new() { Branch = Branch("edges", "master") });
        await CreateAsync(new() { Branch = Branch("montage", "master"), Provenance = { Branch("edges", "master") } });
        await Client.PutAsync(Head("edges", "dev"), ("/a", "one"));
        var dev = (await Client.InspectCommitAsync(Head("edges", "dev"))).Commit.Id;
        var before = await SetsAsync();

        await CreateAsync(
            new()
            {
                Branch = Branch("edges", "master"),
                Head = Head("edges", "dev"),
                NewCommitSet = true,
            }
        );

        var sets = await SetsAsync();
        Assert.Equal(before.Count + 1, sets.Count);
        Assert.Equal([("edges", dev), ("montage", sets[0].CommitSet.Id)], Names(sets[0]));
        Assert.NotEqual(dev, sets[0].CommitSet.Id);
        Assert.Equal(dev, (await Client.InspectCommitAsync(Head("edges"))).Commit.Id);
    }

    [Fact]
    public async Task Deferred_processing_by_a_trigger_fires_on_the_third_commit()
    {
        await Client.CreateRepoAsync("edges");
        await Client.CreateRepoAsync("montage");
        await CreateAsync(
            new()
            {
                Branch = Branch("edges", "master"),
                Trigger = new() { Branch = "dev", Commits = 3 },
            }
        );
        await CreateAsync(new() { Branch = Branch("montage", "master"), Provenance = { Branch("edges", "master") } });
        var quiet = (await CommitsAsync("montage")).Count;

        var counts = new List<int>();
        for (var number = 1; number <= 3; number++)
        {
            await Client.PutAsync(Head("edges", "dev"), ("/a", $"{number}"));
            counts.Add((await CommitsAsync("montage")).Count - quiet);
        }

        Assert.Equal([0, 0, 1], counts);
        var last = (await CommitsAsync("montage"))[0];
        var dev = await Client.InspectCommitAsync(Head("edges", "dev"));
        Assert.Equal(dev.Commit.Id, Assert.Single(last.DirectProvenance).Id);
        Assert.Equal(Pfs.OriginKind.Auto, last.Origin.Kind);
    }

    [Fact]
    public async Task Squash_keeps_files_and_drop_moves_the_branch_back()
    {
        var ids = await PutThreeAsync();

        var parent = await RefusalAsync(() => DropSetAsync(ids[1]));
        await Client.DoAsync("SquashCommitSet", new Pfs.SquashCommitSetRequest { CommitSet = new() { Id = ids[1] } });
        Assert.Equal("123", await TextsAsync());
        await DropSetAsync(ids[2]);

        Assert.StartsWith("cannot drop a commit that has children", parent.Message, StringComparison.Ordinal);
        Assert.Equal(ids[0], (await Client.InspectCommitAsync(Head("images"))).Commit.Id);
        Assert.Equal("1", await TextsAsync());
        var leaf = await RefusalAsync(() => SquashAsync(ids[0]));
        Assert.StartsWith(
            "cannot squash a commit that has no children as that would cause data loss",
            leaf.Message,
            StringComparison.Ordinal
        );
        await Client.SendAsync<Pfs.DropCommitRequest, Pfs.DropCommitResponse>(
            pfs,
            "DropCommit",
            new() { Commit = Commit("images", ids[0]) }
        );
        Assert.Equal("", await TextsAsync());
    }

    [Fact]
    public async Task Forgotten_commit_keeps_its_record()
    {
        var ids = await PutThreeAsync();

        await Client.SendAsync<Pfs.ForgetCommitRequest, Pfs.ForgetCommitResponse>(
            pfs,
            "ForgetCommit",
            new()
            {
                Commit = new()
                {
                    Ancestor = new()
                    {
                        Offset = 2,
                        Start = new() { BranchHead = PickBranch("images", "master") },
                    },
                },
            }
        );

        var read = await RefusalAsync(() => Client.TextAsync(Commit("images", ids[0]), "/1"));
        Assert.StartsWith("the commit is forgotten", read.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await CommitsAsync("images")).Count);
        Assert.Equal("123", await TextsAsync());
    }

    private static Pfs.BranchPicker PickBranch(string repo, string branch) =>
        new()
        {
            Name = new()
            {
                Repo = new() { Name = new() { Name = repo } },
                Name = branch,
            },
        };

    private static IEnumerable<(string Repo, string Id)> Names(Pfs.CommitSetInfo set) =>
        set.Commits.Select(info => (info.Commit.Repo.Name, info.Commit.Id));

    private async Task<List<string>> PutThreeAsync()
    {
        await Client.CreateRepoAsync("images");
        var ids = new List<string>();
        for (var number = 1; number <= 3; number++)
        {
            await Client.PutAsync(Head("images"), ($"/{number}", $"{number}"));
            ids.Add((await Client.InspectCommitAsync(Head("images"))).Commit.Id);
        }

        return ids;
    }

    private async Task<string> TextsAsync()
    {
        var texts = "";
        foreach (var path in await GlobAsync("*", "images"))
        {
            texts += await Client.TextAsync(Head("images"), path);
        }

        return texts;
    }

    private Task SquashAsync(string id) =>
        Client.SendAsync<Pfs.SquashCommitRequest, Pfs.SquashCommitResponse>(
            pfs,
            "SquashCommit",
            new() { Commit = Commit("images", id) }
        );

    private Task DropSetAsync(string id) =>
        Client.DoAsync("DropCommitSet", new Pfs.DropCommitSetRequest { CommitSet = new() { Id = id } });

    private Task<Pfs.Commit> StartAsync(string repo) =>
        Client.SendAsync<Pfs.StartCommitRequest, Pfs.Commit>(
            pfs,
            "StartCommit",
            new() { Branch = Branch(repo, "master") }
        );

    private Task<Empty> CreateAsync(Pfs.CreateBranchRequest request) => Client.DoAsync("CreateBranch", request);

    private Task<List<Pfs.RepoInfo>> ReposAsync() =>
        Client.ListAsync<Pfs.ListRepoRequest, Pfs.RepoInfo>("ListRepo", new() { Type = "user" });

    private async Task<bool> DeleteRepoAsync(string repo) =>
        (
            await Client.SendAsync<Pfs.DeleteRepoRequest, Pfs.DeleteRepoResponse>(
                pfs,
                "DeleteRepo",
                new() { Repo = Repo(repo) }
            )
        ).Deleted;

    private Task<List<Pfs.CommitInfo>> CommitsAsync(string repo) =>
        Client.ListAsync<Pfs.ListCommitRequest, Pfs.CommitInfo>("ListCommit", new() { Repo = Repo(repo) });

    private Task<List<Pfs.CommitSetInfo>> SetsAsync() =>
        Client.ListAsync<Pfs.ListCommitSetRequest, Pfs.CommitSetInfo>("ListCommitSet", new());

    private async Task<List<string>> ListAsync(string path) =>
        (
            await Client.ListAsync<Pfs.ListFileRequest, Pfs.FileInfo>(
                "ListFile",
                new()
                {
                    File = new() { Commit = Head("r"), Path = path },
                }
            )
        ).ConvertAll(info => info.File.Path);

    private async Task<List<string>> GlobAsync(string pattern, string repo = "r") =>
        (
            await Client.ListAsync<Pfs.GlobFileRequest, Pfs.FileInfo>(
                "GlobFile",
                new() { Commit = Head(repo), Pattern = pattern }
            )
        ).ConvertAll(info => info.File.Path);
}
