using Braid.Cli.CommandLine;
using Braid.Cli.Naming;

namespace Braid.Cli.Tests.Naming;

public sealed class NamesTests
{
    private const string Id = "0123456789ab4def8123456789abcdef";

    [Theory]
    [InlineData("images@master", "images", "master", "")]
    [InlineData("images", "images", "master", "")]
    [InlineData($"images@{Id}", "images", "", Id)]
    [InlineData($"images@dev={Id}", "images", "dev", Id)]
    [InlineData("images@master^2", "images", "", "master^2")]
    public void A_commit_is_a_branch_an_id_or_both(string text, string repo, string branch, string id)
    {
        var commit = Names.Commit("default", text);
        Assert.Equal((repo, branch, id), (commit.Repo.Name, commit.Branch.Name, commit.Id));
    }

    [Fact]
    public void A_repo_may_carry_its_type()
    {
        var repo = Names.Repo("p", "edges.meta");
        Assert.Equal(("edges", "meta", "p"), (repo.Name, repo.Type, repo.Project.Name));
        Assert.Equal("user", Names.Repo("p", "edges").Type);
    }

    [Fact]
    public void A_file_without_a_path_is_the_root()
    {
        Assert.Equal("", Names.File("default", "images@master").Path);
        Assert.Equal("/a:b", Names.File("default", "images@master:/a:b").Path);
    }

    [Theory]
    [InlineData("edges")]
    [InlineData("edges@")]
    public void A_job_needs_both_parts(string text) =>
        Assert.Equal(
            $"invalid format \"{text}\": expected pipeline@job-id",
            Assert.Throws<Failure>(() => Names.Job("default", text)).Message
        );

    [Fact]
    public void A_repo_of_another_project_shows_its_project()
    {
        var repo = Names.Repo("p", "edges.meta");
        Assert.Equal("edges.meta", Names.Of(repo));
        Assert.Equal("p/edges.meta", Names.Of(repo, "default"));
    }
}
