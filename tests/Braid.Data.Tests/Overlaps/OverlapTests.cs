using Braid.Data.Overlaps;
using Braid.Testing;

namespace Braid.Data.Tests.Overlaps;

/// <summary>The alarm when a file lies on two sides that must have none in common.</summary>
public sealed class OverlapTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_commit_that_brings_a_file_of_the_other_side_is_reported_with_the_pairs(string store)
    {
        await using var data = await DataFixture.OpenAsync(store);
        await RepoAsync(data, "train", "train");
        await RepoAsync(data, "test", "test");
        DataFixture.Ok(await data.PutAsync("test@master", ("/a/held-out", "secret"), ("/b", "common"), ("/empty", "")));

        DataFixture.Ok(
            await data.PutAsync("train@master", ("/fine", "unique"), ("/x", "secret"), ("/y", "secret"), ("/none", ""))
        );
        var report = await ReportAsync(data, "train");

        Assert.Equal(
            [("/x", "test", "/a/held-out", 6L), ("/y", "test", "/a/held-out", 6L)],
            report.Pairs.Select(pair => (pair.Path, pair.OtherRole, pair.OtherPath, pair.Size))
        );
        Assert.Equal(2, report.Count);
        Assert.Equal((await data.CommitAsync("test@master")).Name, report.Pairs[0].Other);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_both_sides_held_before_they_had_roles_is_reported_once_they_have(string store)
    {
        await using var data = await DataFixture.OpenAsync(store);
        await data.NewRepoAsync("train");
        await data.NewRepoAsync("test");
        DataFixture.Ok(await data.PutAsync("train@master", ("/t", "same")));
        DataFixture.Ok(await data.PutAsync("test@master", ("/e", "same")));

        await RoleAsync(data, "train", "train");
        Assert.Empty((await ReportAsync(data, "train")).Pairs);
        await RoleAsync(data, "test", "test");

        Assert.Equal(["/e"], (await ReportAsync(data, "test")).Pairs.Select(pair => pair.Path));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_file_that_the_other_side_has_deleted_or_changed_is_no_overlap(string store)
    {
        await using var data = await DataFixture.OpenAsync(store);
        await RepoAsync(data, "train", "train");
        await RepoAsync(data, "test", "test");
        DataFixture.Ok(await data.PutAsync("test@master", ("/gone", "one"), ("/changed", "two"), ("/kept", "three")));
        DataFixture.Ok(await data.PutAsync("test@master", ("/changed", "other")));
        using (var edits = DataFixture.Ok(await data.EditsAsync("test@master")))
        {
            DataFixture.Ok(await edits.DeleteAsync("/gone", default));
            DataFixture.Ok(await edits.ApplyAsync(default));
        }

        DataFixture.Ok(await data.PutAsync("train@master", ("/1", "one"), ("/2", "two"), ("/3", "three")));

        Assert.Equal(["/3"], (await ReportAsync(data, "train")).Pairs.Select(pair => pair.Path));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Only_what_a_commit_brings_is_reported_and_only_across_roles_of_one_project(string store)
    {
        await using var data = await DataFixture.OpenAsync(store);
        await RepoAsync(data, "train", "train");
        await RepoAsync(data, "more", "train");
        await RepoAsync(data, "test", "test");
        DataFixture.Ok(await data.PutAsync("test@master", ("/e", "same")));
        DataFixture.Ok(await data.PutAsync("more@master", ("/m", "twin")));
        DataFixture.Ok(await data.PutAsync("train@master", ("/t", "same")));

        DataFixture.Ok(await data.PutAsync("train@master", ("/u", "twin")));

        Assert.Empty((await ReportAsync(data, "train")).Pairs);
        var first = await ReportAsync(data, "train", "master^");
        Assert.Equal(["/t"], first.Pairs.Select(pair => pair.Path));
    }

    [Fact]
    public async Task A_role_that_is_none_is_refused_and_a_repo_without_a_role_is_not_checked()
    {
        await using var data = await DataFixture.OpenAsync("sqlite");
        await data.NewRepoAsync("r");
        DataFixture.Ok(await data.PutAsync("r@master", ("/a", "x")));

        var refused = await data.Data.Overlaps.SetRoleAsync(DataFixture.User, DataFixture.Repo("r"), "tset", default);

        Assert.Contains("train, validation or test", refused.Error?.Message);
        Assert.False((await ReportAsync(data, "r")).IsChecked);
    }

    private static async Task RepoAsync(DataFixture data, string name, string role)
    {
        await data.NewRepoAsync(name);
        await RoleAsync(data, name, role);
    }

    private static async Task RoleAsync(DataFixture data, string name, string role) =>
        DataFixture.Ok(await data.Data.Overlaps.SetRoleAsync(DataFixture.User, DataFixture.Repo(name), role, default));

    private static async Task<OverlapReport> ReportAsync(DataFixture data, string repo, string commit = "master")
    {
        while (await data.Data.Overlaps.StepAsync(default)) { }

        return DataFixture.Ok(
            await data.Data.Overlaps.ReportAsync(
                DataFixture.User,
                DataFixture.Repo(repo),
                DataFixture.Spec(commit),
                TimeSpan.Zero,
                default
            )
        );
    }
}
