using Braid.Cli.CommandLine;
using Braid.Cli.Mounting;
using Braid.Cli.Mounting.Naming;
using Braid.Fuse.Operations;

namespace Braid.Cli.Tests.Mounting;

/// <summary>What names in a mount stand for.</summary>
public sealed class MountPlanTests
{
    [Theory]
    [InlineData("images", "images", null, true)]
    [InlineData("images@dev", "images", "dev", true)]
    [InlineData("images.meta", "images.meta", null, true)]
    [InlineData("images@0123456789abcdef0123456789abcdef", "images", "0123456789abcdef0123456789abcdef", false)]
    [InlineData("images@master^2", "images", "master^2", false)]
    public void A_directorys_name_is_a_repo_with_a_branch_or_a_commit(
        string name,
        string repo,
        string? reference,
        bool isBranch
    )
    {
        var choice = RepoChoice.OfName("default", name);
        Assert.Equal((repo, reference, isBranch), (choice?.Repo, choice?.Reference, choice?.IsBranch));
        Assert.Equal(name, choice?.Name);
    }

    [Theory]
    [InlineData("images@")]
    [InlineData(".Trash")]
    [InlineData("a b")]
    [InlineData("vision...")]
    [InlineData("@dev")]
    public void Other_names_are_no_repos(string name) => Assert.Null(RepoChoice.OfName("default", name));

    [Theory]
    [InlineData("images", "default", "images", false)]
    [InlineData("images+w", "default", "images", true)]
    [InlineData("images@dev+w", "default", "images@dev", true)]
    [InlineData("vision/cats@dev", "vision", "cats@dev", false)]
    [InlineData(
        "images@dev=0123456789abcdef0123456789abcdef",
        "default",
        "images@0123456789abcdef0123456789abcdef",
        false
    )]
    public void A_chosen_repo_is_read_as_pachctl_writes_it(string text, string project, string name, bool writable)
    {
        var choice = RepoChoice.Parse("default", text);
        Assert.Equal((project, name, writable), (choice.Project, choice.Name, choice.Writable));
    }

    [Theory]
    [InlineData("images@0123456789abcdef0123456789abcdef+w", "a commit never changes")]
    [InlineData("a b", "expected repo[@branch][+w]")]
    [InlineData("../images", "expected repo[@branch][+w]")]
    public void What_cannot_be_mounted_is_refused_with_a_reason(string text, string message) =>
        Assert.Contains(message, Assert.Throws<Failure>(() => RepoChoice.Parse("default", text)).Message);

    [Fact]
    public void Chosen_repos_have_their_bare_names_unless_one_was_chosen_twice()
    {
        RepoChoice[] chosen =
        [
            RepoChoice.Parse("default", "images@dev"),
            RepoChoice.Parse("default", "labels@a"),
            RepoChoice.Parse("default", "labels@b+w"),
        ];
        var plan = new MountPlan("default", chosen);
        Assert.Equal("dev", plan.Find("default", "images")?.Reference);
        Assert.Null(plan.Find("default", "images@dev"));
        Assert.Null(plan.Find("default", "labels"));
        Assert.True(plan.Find("default", "labels@b")?.Writable);
        Assert.False(plan.Find("default", "labels@a")?.Writable);
        Assert.Null(plan.Find("vision", "images"));
    }

    [Fact]
    public void Writing_to_everything_means_branches_and_not_commits()
    {
        var plan = new MountPlan("default", []) { WriteAll = true };
        Assert.True(plan.Find("default", "images")?.Writable);
        Assert.True(plan.Find("default", "images@dev")?.Writable);
        Assert.False(plan.Find("default", "images@dev^")?.Writable);
    }

    [Fact]
    public void A_project_that_has_a_repos_name_is_listed_with_dots()
    {
        HashSet<string> repos = ["vision"];
        Assert.Equal("vision...", ProjectName.Listed("vision", repos));
        Assert.Equal("audio", ProjectName.Listed("audio", repos));
        Assert.Equal("vision", ProjectName.OfMarked("vision..."));
        Assert.Null(ProjectName.OfMarked("vision"));
        Assert.Null(ProjectName.OfMarked("..."));
    }

    [Theory]
    [InlineData("a.txt", Errno.None)]
    [InlineData("größe", Errno.None)]
    [InlineData(".x.swp~", Errno.None)]
    [InlineData("a (1).txt", Errno.Invalid)]
    [InlineData("a\tb", Errno.Invalid)]
    public void Names_that_the_server_refuses_are_refused_when_they_are_made(string name, Errno error) =>
        Assert.Equal(error, FileNames.Check(name));

    [Fact]
    public void A_name_is_as_long_as_a_file_system_takes_it()
    {
        Assert.Equal(Errno.None, FileNames.Check(new('a', 255)));
        Assert.Equal(Errno.NameTooLong, FileNames.Check(new('ä', 128)));
    }
}
