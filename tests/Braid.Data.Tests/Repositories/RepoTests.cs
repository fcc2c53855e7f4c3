using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.Repositories;

public sealed class RepoTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_repo_is_made_once_listed_and_deleted(string store)
    {
        await using var it = await OpenAsync(store);
        var repo = await it.NewRepoAsync("images");
        var again = await it.Data.Repos.CreateAsync(User, repo, "", update: false, default);
        Assert.Equal("repo default/images already exists", again.Error?.Message);
        Ok(await it.Data.Repos.CreateAsync(User, repo, "pictures", update: true, default));

        Ok(await it.PutAsync("images@master", ("/a", "123")));
        var shown = Assert.Single(Ok(await it.Data.Repos.ListAsync(User, RepoName.UserType, [], default)));
        Assert.Equal((repo, "pictures", 3L), (shown.Name, shown.Description, shown.Size));
        Assert.Equal(["master"], shown.Branches);

        Assert.True(Ok(await it.Data.Repos.DeleteAsync(User, repo, force: false, default)));
        Assert.False(Ok(await it.Data.Repos.DeleteAsync(User, repo, force: false, default)));
        Assert.Equal(ErrorKind.NotFound, (await it.Data.Repos.InspectAsync(User, repo, default)).Error?.Kind);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Bad_repos_are_refused_and_change_nothing(string store)
    {
        await using var it = await OpenAsync(store);
        Assert.Equal(ErrorKind.InvalidArgument, (await Create(new("default", "a b"))).Error?.Kind);
        Assert.Equal(ErrorKind.InvalidArgument, (await Create(new("default", "__filesets__"))).Error?.Kind);
        Assert.Equal("project \"nowhere\" not found", (await Create(new("nowhere", "a"))).Error?.Message);
        Assert.Empty(Ok(await it.Data.Repos.ListAsync(User, "", [], default)));

        Task<Result<Unit>> Create(RepoName repo) => it.Data.Repos.CreateAsync(User, repo, "", false, default);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_repo_that_others_depend_on_is_deleted_only_by_force(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("in");
        await it.NewRepoAsync("out");
        await it.BranchAsync("out@master", "in@master");
        var refused = await it.Data.Repos.DeleteAsync(User, Repo("in"), force: false, default);
        Assert.Contains("default/out@master", refused.Error?.Message, StringComparison.Ordinal);
        Assert.True(Ok(await it.Data.Repos.DeleteAsync(User, Repo("in"), force: true, default)));
        Assert.Empty((await it.CommitAsync("out@master")).DirectProvenance);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Deleting_a_users_repo_takes_its_companions(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("p");
        await it.NewRepoAsync("p.spec");
        await it.NewRepoAsync("p.meta");
        await it.NewRepoAsync("q");
        Ok(await it.Data.Repos.DeleteAsync(User, Repo("p"), force: false, default));
        Assert.Equal(["default/q"], Ok(await it.Data.Repos.ListAsync(User, "", [], default)).Select(r => $"{r.Name}"));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Projects_hold_repos_and_go_empty_or_by_force(string store)
    {
        await using var it = await OpenAsync(store);
        Ok(await it.Data.Projects.CreateAsync(User, "vision", "eyes", update: false, default));
        var again = await it.Data.Projects.CreateAsync(User, "vision", "", update: false, default);
        Assert.Equal("project vision already exists", again.Error?.Message);
        Ok(await it.Data.Projects.CreateAsync(User, "vision", "ears", update: true, default));
        Assert.Equal("ears", Ok(await it.Data.Projects.InspectAsync(User, "vision", default)).Description);
        var missing = await it.Data.Projects.CreateAsync(User, "sound", "", update: true, default);
        Assert.Equal("project \"sound\" not found", missing.Error?.Message);
        await it.NewRepoAsync("vision/images");
        Assert.Equal(["default", "vision"], Ok(await it.Data.Projects.ListAsync(User, default)).Select(p => p.Name));

        var refused = await it.Data.Projects.DeleteAsync(User, "vision", force: false, default);
        Assert.Contains("repo vision/images still exists", refused.Error?.Message, StringComparison.Ordinal);
        Ok(await it.Data.Projects.DeleteAsync(User, "vision", force: true, default));
        Assert.Empty(Ok(await it.Data.Repos.ListAsync(User, "", ["vision"], default)));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Deleting_all_leaves_the_default_project(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("in");
        await it.NewRepoAsync("out");
        await it.BranchAsync("out@master", "in@master");
        Ok(await it.PutAsync("in@master", ("/a", "1")));
        Ok(await it.Data.DeleteAllAsync(User, default));
        Assert.Empty(Ok(await it.Data.Repos.ListAsync(User, "", [], default)));
        Assert.Equal(["default"], Ok(await it.Data.Projects.ListAsync(User, default)).Select(p => p.Name));
        await it.NewRepoAsync("in");
        Assert.Empty(await it.CommitsAsync("in"));
    }
}
