using Braid.Data.Naming;
using Braid.Data.Walking;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.Walking;

public sealed class LineageTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Walks_find_the_nearest_first_within_their_limits(string store)
    {
        await using var it = await OpenAsync(store);
        await ChainAsync(it);
        Ok(await it.PutAsync("a@master", ("/x", "1")));

        Assert.Equal(["b", "a"], await UpAsync("c@master"));
        Assert.Equal(["b"], await UpAsync("c@master", deepest: 1));
        Assert.Equal(["b"], await UpAsync("c@master", most: 1));
        Assert.Equal(["b", "a"], await UpAsync("c@master,b@master"));
        Assert.Equal(["b", "c"], await CommitsAsync(WalkDirection.Subvenance, "a@master", default));
        Assert.Equal(["b", "c"], await BranchesAsync(WalkDirection.Subvenance, "a@master", default));
        Assert.Equal(["b"], await BranchesAsync(WalkDirection.Provenance, "c@master", new(0, 1)));
        Assert.Empty(await UpAsync("a@master"));

        Task<string[]> UpAsync(string starts, ulong most = 0, ulong deepest = 0) =>
            CommitsAsync(WalkDirection.Provenance, starts, new(most, deepest));

        async Task<string[]> CommitsAsync(WalkDirection direction, string starts, WalkLimits limits)
        {
            var from = starts.Split(',').Select(start => (Repo(start.Split('@')[0]), Spec("master"))).ToList();
            var found = Ok(await it.Data.Lineage.WalkCommitsAsync(User, from, direction, limits, default));
            return await found.Select(commit => commit.Name.Repo.Name).ToArrayAsync();
        }

        async Task<string[]> BranchesAsync(WalkDirection direction, string start, WalkLimits limits)
        {
            var found = await it.Data.Lineage.WalkBranchesAsync(User, [Branch(start)], direction, limits, default);
            return [.. Ok(found).Select(branch => branch.Name.Repo.Name)];
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_path_is_found_in_the_commits_that_changed_it(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        var made = Ok(await it.PutAsync("r@master", ("/d/a", "1")));
        Ok(await it.PutAsync("r@master", ("/b", "1")));
        var changed = Ok(await it.PutAsync("r@master", ("/d/a", "2")));
        var same = Ok(await it.PutAsync("r@master", ("/d/a", "2"), ("/c", "1")));
        var other = Ok(await it.PutAsync("r@master", ("/d/e", "1")));

        Assert.Equal([$"+{changed.Name.Id} 3", $"+{made.Name.Id} 5", $"-{made.Name.Id} 5"], await SearchAsync("/d/a"));
        Assert.Equal([$"+{changed.Name.Id} 3", $"-{changed.Name.Id} 3"], await SearchAsync("d/a", limit: 1));
        Assert.Equal($"+{other.Name.Id} 1", (await SearchAsync("/d"))[0]);
        Assert.Equal([$"+{same.Name.Id} 2", $"-{made.Name.Id} 5"], await SearchAsync("/c"));
        Assert.Equal([$"-{made.Name.Id} 5"], await SearchAsync("/never"));
        Ok(await it.StartAsync("r@master"));
        var open = await it.Data.Lineage.SearchAsync(User, Repo("r"), Spec("master"), "/a", 0, default);
        Assert.EndsWith("not finished", open.Error?.Message, StringComparison.Ordinal);

        async Task<string[]> SearchAsync(string path, long limit = 0)
        {
            var spec = CommitSpec.OfId(other.Name.Id);
            var steps = Ok(await it.Data.Lineage.SearchAsync(User, Repo("r"), spec, path, limit, default));
            return await steps.Select(s => $"{(s.IsFound ? '+' : '-')}{s.Commit.Id} {s.Searched}").ToArrayAsync();
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_long_line_is_listed_in_both_directions_and_between_its_ends(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        var line = new List<CommitName>();
        for (var i = 0; i < 430; i++)
        {
            var commit = Ok(await it.StartAsync("r@master"));
            Ok(await it.FinishAsync("r@master"));
            line.Add(commit.Name);
        }

        Ok(await it.PutAsync("r@other", ("/a", "1")));
        Assert.Equal(line.AsEnumerable().Reverse(), await ListAsync("master", null, reverse: false));
        Assert.Equal(line, await ListAsync("master", null, reverse: true));
        Assert.Equal(line[10..^5], await ListAsync("master^5", $"{line[9].Id}", reverse: true));
        Assert.Equal(line[420..].AsEnumerable().Reverse(), await ListAsync("master", "master^10", reverse: false));
        Assert.Equal(430, (await ListAsync("master", "other", reverse: false)).Count);

        async Task<List<CommitName>> ListAsync(string to, string? from, bool reverse)
        {
            var query = new Data.History.CommitQuery
            {
                To = Spec(to),
                From = from is null ? null : Spec(from),
                Reverse = reverse,
            };
            return (await it.CommitsAsync("r", query)).ConvertAll(commit => commit.Name);
        }
    }

    private static async Task ChainAsync(DataFixture it)
    {
        foreach (var repo in new[] { "a", "b", "c" })
        {
            await it.NewRepoAsync(repo);
        }

        await it.BranchAsync("b@master", "a@master");
        await it.BranchAsync("c@master", "b@master");
    }
}
