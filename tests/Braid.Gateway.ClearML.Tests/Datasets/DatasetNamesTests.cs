using Braid.Gateway.ClearML.Datasets;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Tests.Datasets;

public sealed class DatasetNamesTests
{
    private static readonly RunId task = RunId.Parse("0123456789abcdef0123456789abcdef");

    [Theory]
    [InlineData("DP/.datasets/ds1", "DP/ds1")]
    [InlineData("Group A/Sub/.datasets/my set", "Group-A-Sub/my-set")]
    [InlineData("old", "old/task")]
    [InlineData("_x/.datasets/ä", "x/-")]
    [InlineData("../.datasets/..", "default/--")]
    public void Repos_are_named_after_project_and_name(string project, string repo)
    {
        var name = DatasetNames.Repo(project, "task");

        Assert.Equal(repo, $"{name}");
        Assert.Null(name.Check());
    }

    [Fact]
    public void Long_names_are_cut()
    {
        var name = DatasetNames.Repo($"{new string('p', 300)}/.datasets/{new string('d', 300)}", "task");

        Assert.Null(name.Check());
    }

    [Theory]
    [InlineData("1.0.0", "v1-0-0")]
    [InlineData("2.0 beta", "v2-0-beta")]
    [InlineData("", "v-01234567")]
    [InlineData(null, "v-01234567")]
    public void Branches_are_named_after_versions(string? version, string branch) =>
        Assert.Equal(branch, DatasetNames.Branch(version, task));

    [Theory]
    [InlineData("a/b.txt", "a/b.txt")]
    [InlineData("a (1)[2].jpg", "a %281%29%5B2%5D.jpg")]
    [InlineData("a@2x+.png", "a%402x%2B.png")]
    public void Paths_lose_the_signs_of_globs(string path, string written) =>
        Assert.Equal(written, DatasetNames.Path(path));
}
