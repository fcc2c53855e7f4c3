using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pfs;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Tests.Verbs;

/// <summary>The commands that take things away ask for exactly what was said.</summary>
public sealed class RemovalTests : IAsyncLifetime
{
    private PachdFake pachd = null!; // set before each test

    public async Task InitializeAsync() => pachd = await PachdFake.StartAsync();

    public async Task DisposeAsync() => await pachd.DisposeAsync();

    [Fact]
    public async Task A_set_is_squashed_or_dropped_by_its_id()
    {
        pachd.Answers(PfsMethods.SquashCommitSet, new Empty()).Answers(PfsMethods.DropCommitSet, new Empty());
        Assert.Equal(0, await pachd.Cli.RunAsync("squash", "commit", Samples.Id));
        Assert.Equal(0, await pachd.Cli.RunAsync("delete", "commits", Samples.Id));
        Assert.Equal(Samples.Id, pachd.Asked<SquashCommitSetRequest>().CommitSet.Id);
        Assert.Equal(Samples.Id, pachd.Asked<DropCommitSetRequest>().CommitSet.Id);
    }

    [Fact]
    public async Task One_commit_may_take_what_was_made_from_it_along()
    {
        pachd
            .Answers(PfsMethods.SquashCommit, new SquashCommitResponse())
            .Answers(PfsMethods.DropCommit, new DropCommitResponse());
        Assert.Equal(0, await pachd.Cli.RunAsync("squash", "commitV2", "images@master^", "-r"));
        Assert.Equal(0, await pachd.Cli.RunAsync("delete", "commitV2", "images@master"));
        var squash = pachd.Asked<SquashCommitRequest>();
        Assert.Equal(("master^", true), (squash.Commit.Id, squash.Recursive));
        Assert.False(pachd.Asked<DropCommitRequest>().Recursive);
    }

    [Theory]
    [InlineData("delete repo --all", "vision", false)]
    [InlineData("delete repo --all -A", "", true)]
    public async Task All_repos_of_a_project_or_of_all_are_deleted(string words, string project, bool all)
    {
        pachd.Answers(PfsMethods.DeleteRepos, new DeleteReposResponse());
        Assert.Equal(0, await pachd.Cli.RunAsync([.. words.Split(' '), "--project", "vision"]));
        var request = pachd.Asked<DeleteReposRequest>();
        Assert.Equal((project, all), (string.Concat(request.Projects.Select(one => one.Name)), request.All));
    }

    [Theory]
    [InlineData("delete repo", "either a repo name or the --all flag needs to be provided")]
    [InlineData("delete repo images --all", "cannot use the --all flag with an argument")]
    [InlineData("delete repo images -A", "cannot use the --all-projects flag with an argument")]
    [InlineData("list commit --origin user", "cannot specify --origin when listing all commits")]
    [InlineData("list commit images --all --origin user", "cannot specify both --all and --origin")]
    [InlineData("list commit 0123456789ab4def8123456789abcdef --all", "cannot specify --all when listing subcommits")]
    [InlineData("list commit images --origin x", "unknown commit origin type 'x', must be one of: USER, AUTO, FSCK")]
    [InlineData(
        "inspect commit 0123456789ab4def8123456789abcdef",
        "Use \"list commit <id>\" to see commits with a given ID across different repos"
    )]
    [InlineData(
        "create branch images@master^",
        "invalid branch \"images@master^\": cannot specify a commit or ancestry"
    )]
    [InlineData("create branch images@a -p b@c -t d", "cannot use provenance and triggers on the same branch")]
    [InlineData(
        "create branch images@a --trigger-size 1M",
        "trigger condition specified without a branch to trigger on, specify a branch with --trigger"
    )]
    [InlineData("inspect commit images@master:/a", "invalid format \"images@master:/a\": cannot specify a file path")]
    [InlineData("inspect commit @master", "invalid format \"@master\": repo cannot be empty")]
    [InlineData("lst repo", "unknown command \"lst repo\": did you mean \"list repo\"?")]
    [InlineData("squash repo", "unknown command \"squash repo\": \"squash\" goes with: squash commit, squash commitV2")]
    public async Task What_does_not_go_together_is_refused_before_the_server_is_asked(string words, string message)
    {
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync(words.Split(' ')));
        Assert.Equal(message + "\n", cli.Error);
        Assert.Empty(pachd.Requests);
    }
}
