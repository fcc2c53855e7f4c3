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
