using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Grpc.Statuses;

namespace Braid.Cli.Tests.CommandLine;

public sealed class DispatcherTests
{
    [Theory]
    [InlineData("list repos", "list repo")]
    [InlineData("list branches x", "list branch")]
    [InlineData("inspect job a@b", "inspect job")]
    [InlineData("logs -f", "logs")]
    public void Nouns_may_be_plural(string words, string name) =>
        Assert.Equal(name, CommandTable.Find(words.Split(' ')).Command?.Name);

    [Fact]
    public async Task A_wrong_count_of_arguments_is_said_with_the_usage()
    {
        var cli = new CliRun();
        Assert.Equal(1, await cli.RunAsync("create", "repo"));
        Assert.Equal("expected 1 arguments, got 0\n\nUsage:\n  braid create repo <repo> [flags]\n", cli.Error);
        Assert.Empty(cli.Out);
    }

    [Fact]
    public async Task A_range_of_arguments_is_said_as_one()
    {
        var cli = new CliRun();
        await cli.RunAsync("diff", "file", "a", "b", "c");
        Assert.StartsWith("expected 1 to 2 arguments, got 3", cli.Error);
    }

    [Fact]
    public async Task An_unknown_command_is_refused()
    {
        var cli = new CliRun();
        Assert.Equal(1, await cli.RunAsync("make", "coffee"));
        Assert.StartsWith("unknown command \"make coffee\"", cli.Error);
    }

    [Fact]
    public async Task A_refused_call_becomes_its_message_alone()
    {
        await using var pachd = await PachdFake.StartAsync();
        pachd.Refuses(PfsMethods.CreateRepo, GrpcCode.AlreadyExists, "repo default/digits already exists");
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("create", "repo", "digits"));
        Assert.Equal("repo default/digits already exists\n", cli.Error);
    }

    [Fact]
    public async Task A_call_that_is_advised_becomes_the_flag_that_makes_it()
    {
        await using var pachd = await PachdFake.StartAsync();
        pachd.Refuses(
            PfsMethods.CreateRepo,
            GrpcCode.InvalidArgument,
            "cannot get directory or non-regular file. Use GetFileTAR instead"
        );
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("create", "repo", "digits"));
        Assert.Equal("cannot get directory or non-regular file. Try again with the -r flag\n", cli.Error);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        var cli = new CliRun().With("PACHD_ADDRESS", "grpc://127.0.0.1:1");
        Assert.Equal(1, await cli.RunAsync("list", "repo"));
        Assert.StartsWith("cannot reach 127.0.0.1:1", cli.Error);
        Assert.Contains("braid connect ADDRESS", cli.Error);
    }
}
