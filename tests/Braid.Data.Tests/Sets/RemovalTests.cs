using Braid.Primitives;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.Sets;

public sealed class RemovalTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Squashing_the_middle_of_three_keeps_the_files_and_the_line(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        var first = Ok(await it.PutAsync("r@master", ("/a", "1")));
        var second = Ok(await it.PutAsync("r@master", ("/b", "2")));
        var third = Ok(await it.PutAsync("r@master", ("/c", "3")));

        Ok(await it.Data.CommitSets.SquashAsync(User, second.Name.Id, default));
        Assert.Equal(["/a", "/b", "/c"], await it.ListAsync("r@master"));
        Assert.Equal([third.Name, first.Name], (await it.CommitsAsync("r")).Select(c => c.Name));
        Assert.Equal(first.Name, (await it.CommitAsync("r@master^")).Name);
        Assert.Equal(third.Name, (await it.CommitAsync("r@master.2")).Name);
        Assert.Equal(ErrorKind.NotFound, (await it.InspectAsync("r@master^2")).Error?.Kind);

        var leaf = await it.Data.CommitSets.SquashAsync(User, third.Name.Id, default);
        Assert.Contains("use the drop operation instead", leaf.Error?.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Dropping_the_head_moves_the_branch_back(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        var first = Ok(await it.PutAsync("r@master", ("/a", "1")));
        var second = Ok(await it.PutAsync("r@master", ("/b", "2")));

        var parent = await it.Data.CommitSets.DropAsync(User, first.Name.Id, default);
        Assert.StartsWith("cannot drop a commit that has children", parent.Error?.Message, StringComparison.Ordinal);
        Ok(await it.Data.CommitSets.DropAsync(User, second.Name.Id, default));
        Assert.Equal(["/a"], await it.ListAsync("r@master"));
        Assert.Equal(first.Name, (await it.CommitAsync("r@master")).Name);

        Ok(await it.Data.CommitSets.DropAsync(User, first.Name.Id, default));
        Assert.Empty(await it.ListAsync("r@master"));
        var gone = await it.Data.CommitSets.DropAsync(User, first.Name.Id, default);
        Assert.Equal($"no commits found for commitset {first.Name.Id}", gone.Error?.Message);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_set_that_others_were_made_from_stays(string store)
    {
        await using var it = await OpenAsync(store);
        foreach (var repo in new[] { "a", "b", "both" })
        {
            await it.NewRepoAsync(repo);
        }

        var a = Ok(await it.PutAsync("a@master", ("/x", "1")));
        await it.BranchAsync("both@master", "a@master", "b@master");
        var result = await it.Data.CommitSets.DropAsync(User, a.Name.Id, default);
        Assert.Contains("subvenant commit sets", result.Error?.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Sets_are_listed_newest_first(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("in");
        await it.NewRepoAsync("out");
        await it.BranchAsync("out@master", "in@master");
        var put = Ok(await it.PutAsync("in@master", ("/x", "1")));
        var sets = await Ok(await it.Data.CommitSets.ListAsync(User, null, default)).ToListAsync();
        Assert.Equal(2, sets.Count);
        Assert.Equal(put.Name.Id, sets[0].Id);
        Assert.Equal(["default/in", "default/out"], sets[0].Commits.Select(c => $"{c.Name.Repo}"));
        Assert.Empty(await Ok(await it.Data.CommitSets.ListAsync(User, "elsewhere", default)).ToListAsync());
    }
}
