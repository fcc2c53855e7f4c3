using Braid.Data.Branching;
using Braid.Primitives;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.Branching;

public sealed class BranchTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_branch_shows_what_is_up_and_down_of_it(string store)
    {
        await using var it = await OpenAsync(store);
        await ThreeStagesAsync(it);
        var b = Ok(await it.Data.Branches.InspectAsync(User, Branch("b@master"), default));
        Assert.Equal([Branch("a@master")], b.DirectProvenance);
        Assert.Equal([Branch("c@master")], b.Subvenance);
        var c = Ok(await it.Data.Branches.InspectAsync(User, Branch("c@master"), default));
        Assert.Equal([Branch("b@master")], c.DirectProvenance);
        Assert.Equal([Branch("a@master"), Branch("b@master")], c.Provenance.OrderBy(b => $"{b}"));
        Assert.Equal(Repo("c"), c.Head?.Repo);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Impossible_graphs_are_refused_and_change_nothing(string store)
    {
        await using var it = await OpenAsync(store);
        await ThreeStagesAsync(it);
        var before = (await it.CommitsAsync("a")).Count;
        Assert.Contains("own provenance", await ProblemAsync("a@master", "c@master"), StringComparison.Ordinal);
        Assert.Contains(
            "cannot be in the provenance of its own branch",
            await ProblemAsync("a@x", "a@master"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "cannot participate in a DAG",
            await ProblemAsync("d@master", "b@master", "a@dev"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "cannot participate in a DAG",
            await ProblemAsync("b@other", "a@master"),
            StringComparison.Ordinal
        );
        Assert.Equal("repo default/zzz not found", await ProblemAsync("d@master", "zzz@master"));
        Assert.Equal(before, (await it.CommitsAsync("a")).Count);
        Assert.Equal(ErrorKind.NotFound, (await it.InspectAsync("d@master")).Error?.Kind);

        async Task<string?> ProblemAsync(string branch, params string[] provenance) =>
            (
                await it.Data.Branches.CreateAsync(
                    User,
                    Branch(branch),
                    new() { Provenance = [.. provenance.Select(Branch)] },
                    default
                )
            )
                .Error
                ?.Message;
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_branch_that_others_depend_on_is_deleted_only_by_force(string store)
    {
        await using var it = await OpenAsync(store);
        await ThreeStagesAsync(it);
        var refused = await it.Data.Branches.DeleteAsync(User, Branch("b@master"), force: false, default);
        Assert.Contains("default/c@master", refused.Error?.Message, StringComparison.Ordinal);
        Ok(await it.Data.Branches.DeleteAsync(User, Branch("b@master"), force: true, default));
        Assert.Equal(
            "branch \"master\" not found in repo default/b",
            (await it.Data.Branches.DeleteAsync(User, Branch("b@master"), false, default)).Error?.Message
        );
        Assert.Empty(Ok(await it.Data.Branches.InspectAsync(User, Branch("c@master"), default)).Provenance);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_trigger_fires_on_the_third_commit(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("edges");
        await it.NewRepoAsync("montage");
        var trigger = new Trigger { Branch = "dev", Commits = 3 };
        Ok(await it.Data.Branches.CreateAsync(User, Branch("edges@master"), new() { Trigger = trigger }, default));
        await it.BranchAsync("montage@master", "edges@master");
        var quiet = (await it.CommitsAsync("montage")).Count;
        var third = default(Data.History.Commit);
        for (var i = 1; i <= 4; i++)
        {
            var put = Ok(await it.PutAsync("edges@dev", ("/a", $"{i}")));
            third = i == 3 ? put : third;
            Assert.Equal(quiet + (i < 3 ? 0 : 1), (await it.CommitsAsync("montage")).Count);
        }

        Assert.Equal(third?.Name, (await it.CommitAsync("edges@master")).Name);
        Assert.Equal([third!.Name], (await it.CommitAsync("montage@master")).DirectProvenance);
        Assert.Equal(trigger, Ok(await it.Data.Branches.InspectAsync(User, Branch("edges@master"), default)).Trigger);
    }

    [Theory]
    [InlineData("100", 100)]
    [InlineData("1K", 1000)]
    [InlineData("1.5MB", 1_500_000)]
    [InlineData("2GiB", 2L << 30)]
    [InlineData("3 kb", 3000)]
    public void Sizes_are_read(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MB")]
    [InlineData("-1")]
    [InlineData("1X")]
    [InlineData("0")]
    [InlineData("99999999999P")]
    public void Bad_sizes_are_refused(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Bad_triggers_are_refused(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        await it.NewRepoAsync("s");
        Assert.Equal("triggers must specify a branch to trigger on", await ProblemAsync(new() { Commits = 1 }));
        Assert.Equal(
            "can't trigger on a negative number of commits",
            await ProblemAsync(new() { Branch = "b", Commits = -1 })
        );
        Assert.StartsWith(
            "invalid trigger size",
            await ProblemAsync(new() { Branch = "b", Size = "big" }),
            StringComparison.Ordinal
        );
        Assert.Equal("triggers cannot form a loop", await ProblemAsync(new() { Branch = "a", Commits = 1 }));
        Assert.Equal(
            "a branch cannot have both provenance and a trigger",
            await ProblemAsync(new() { Branch = "b" }, Branch("s@master"))
        );

        async Task<string?> ProblemAsync(Trigger trigger, params Data.Naming.BranchName[] provenance) =>
            (
                await it.Data.Branches.CreateAsync(
                    User,
                    Branch("r@a"),
                    new() { Trigger = trigger, Provenance = provenance },
                    default
                )
            )
                .Error
                ?.Message;
    }

    private static async Task ThreeStagesAsync(DataFixture it)
    {
        foreach (var repo in new[] { "a", "b", "c", "d" })
        {
            await it.NewRepoAsync(repo);
        }

        await it.BranchAsync("b@master", "a@master");
        await it.BranchAsync("c@master", "b@master");
    }
}
