using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pfs;

namespace Braid.Cli.Tests.Verbs;

public sealed class IntegrityTests
{
    [Fact]
    public async Task Fsck_of_a_sound_server_says_so()
    {
        await using var pachd = await PachdFake.StartAsync();
        pachd.Answers(PfsMethods.Fsck);
        var cli = pachd.Cli;
        Assert.Equal(0, await cli.RunAsync("fsck"));
        Assert.Equal("No errors found.\n", cli.Out);
    }

    [Fact]
    public async Task Fsck_prints_a_line_for_each_problem_and_fails_when_one_is_left()
    {
        await using var pachd = await PachdFake.StartAsync();
        pachd.Answers(PfsMethods.Fsck, new FsckResponse { Fix = "this" }, new FsckResponse { Error = "that" });
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("fsck", "-f", "--zombie", "edges@0123456789ab4def8123456789abcdef"));
        Assert.Equal("Fix applied: this\nError: that\n", cli.Out);
        var request = pachd.Asked<FsckRequest>();
        Assert.True(request.Fix);
        Assert.Equal("edges", request.ZombieTarget.Repo.Name);
    }
}
