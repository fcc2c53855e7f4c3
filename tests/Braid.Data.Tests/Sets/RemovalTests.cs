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
    public async Task One_commit_goes_with_what_was_made_from_it_only_when_recursive(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("in");
        await it.NewRepoAsync("out");
        await it.BranchAsync("out@master", "in@master");
        var first = Ok(await it.PutAsync("in@master", ("/a", "1")));
        await it.FinishOutputAsync("out@master");
        Ok(await it.PutAsync("in@master", ("/b", "2")));
        await it.FinishOutputAsync("out@master");

        var refused = await it.Data.Commits.SquashAsync(User, Repo("in"), Spec("master^"), recursive: false, default);
        Assert.Equal($"cannot squash commit ({first.Name}) with subvenance without recursive", refused.Error?.Message);
        Ok(await it.Data.Commits.SquashAsync(User, Repo("in"), Spec("master^"), recursive: true, default));
        Assert.Equal(["/a", "/b"], await it.ListAsync("in@master"));
        Assert.Equal(ErrorKind.NotFound, (await it.InspectAsync($"out@{first.Name.Id}")).Error?.Kind);

        var head = await it.Data.Commits.DropAsync(User, Repo("in"), Spec("master"), recursive: false, default);
        Assert.Contains("cannot drop commit (", head.Error?.Message, StringComparison.Ordinal);
        Ok(await it.Data.Commits.DropAsync(User, Repo("in"), Spec("master"), recursive: true, default));
        Assert.Empty(await it.ListAsync("in@master"));
        Assert.Single(await it.CommitsAsync("out"));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Two_branches_at_the_only_commit_share_an_empty_one_when_it_goes(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        var only = Ok(await it.PutAsync("r@master", ("/a", "1")));
        Ok(await it.Data.Branches.CreateAsync(User, Branch("r@stable"), new() { Head = Spec("master") }, default));

        Ok(await it.Data.Commits.DropAsync(User, Repo("r"), Spec("master"), recursive: false, default));

        var empty = await it.CommitAsync("r@master");
        Assert.NotEqual(only.Name, empty.Name);
        Assert.Equal(empty.Name, (await it.CommitAsync("r@stable")).Name);
        Assert.Empty(await it.ListAsync("r@stable"));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_forgotten_commit_keeps_its_record_and_its_children_their_files(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        Ok(await it.PutAsync("r@master", ("/a", "1")));
        var middle = Ok(await it.PutAsync("r@master", ("/b", "22")));

        var head = await it.Data.Commits.ForgetAsync(User, Repo("r"), Spec("master"), default);
        Assert.StartsWith($"cannot forget commit {middle.Name}", head.Error?.Message, StringComparison.Ordinal);
        Ok(await it.StartAsync("r@master"));
        var needed = await it.Data.Commits.ForgetAsync(User, Repo("r"), Spec("master^"), default);
        Assert.Equal(ErrorKind.FailedPrecondition, needed.Error?.Kind);
        Ok(await it.FinishAsync("r@master"));
        Ok(await it.Data.Commits.ForgetAsync(User, Repo("r"), Spec("master^"), default));

        Assert.Equal(["/a", "/b"], await it.ListAsync("r@master"));
        var shown = await it.CommitAsync("r@master^");
        Assert.Equal((middle.Name, 3, true), (shown.Name, shown.Size, shown.IsForgotten));
        var read = await it.Data.Files.ListAsync(User, it.At("r@master^:/"), Storage.Trees.ListOptions.All, default);
        Assert.StartsWith("the commit is forgotten", read.Error?.Message, StringComparison.Ordinal);
        Assert.Equal("data.commit-forgotten", (await it.StartAsync("r@dev", "master^")).Error?.Code);
        var moved = await it.Data.Branches.CreateAsync(User, Branch("r@x"), new() { Head = Spec("master^") }, default);
        Assert.Equal("data.commit-forgotten", moved.Error?.Code);
        Ok(await it.Data.Commits.DropAsync(User, Repo("r"), Spec("master"), recursive: false, default));
        Assert.Equal(["/a"], await it.ListAsync("r@master"));
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
