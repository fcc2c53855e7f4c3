using System.Diagnostics;
using Braid.Compute.Limits;

namespace Braid.Compute.Tests.Limits;

public sealed class ControlGroupTests
{
    [Fact]
    public async Task Groups_of_a_server_that_runs_are_left_alone_and_those_of_one_that_ended_are_not()
    {
        using var other = Process.Start("sleep", ["1000"]);
        var group = $"/sys/fs/cgroup/braid-{other.Id}-0123456789abcdef";

        var whileItRuns = ControlGroup.IsLeftOver(group);
        other.Kill();
        await other.WaitForExitAsync();

        Assert.False(whileItRuns);
        Assert.True(ControlGroup.IsLeftOver(group));
    }

    [Fact]
    public void Groups_of_an_earlier_process_with_this_id_are_left_over() =>
        Assert.True(ControlGroup.IsLeftOver($"/sys/fs/cgroup/braid-{Environment.ProcessId}-0123456789abcdef"));
}
