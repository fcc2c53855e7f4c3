using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.Repositories;

/// <summary>What pages show of repos and their commits beyond what protocols ask for.</summary>
public sealed class RepoActivityTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_repo_tells_when_its_newest_commit_was_made(string store)
    {
        await using var it = await OpenAsync(store);
        var repo = await it.NewRepoAsync("a");
        await it.NewRepoAsync("b");
        await it.PutAsync("a@master", ("/x", "1"));
        it.Clock.Advance(TimeSpan.FromHours(1));
        var newest = Ok(await it.PutAsync("a@other", ("/x", "1")));

        var last = await it.Data.Repos.LastCommitsAsync(User, "user", default);

        Assert.Equal((repo, newest.Started), Assert.Single(last.Select(one => (one.Key, one.Value))));
    }
}
