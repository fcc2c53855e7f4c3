using System.Diagnostics;
using Braid.Cli.TrackedRuns.Programs;
using Braid.Testing;

namespace Braid.Cli.Tests.TrackedRuns;

public sealed class PassedSignalsTests
{
    [Fact]
    public async Task A_signal_that_comes_before_the_program_is_passed_to_it()
    {
        using var signals = new PassedSignals(isTyped: false);
        using (var kill = Process.Start("kill", ["-HUP", $"{Environment.ProcessId}"]))
        {
            await kill.WaitForExitAsync();
        }

        await Eventually.IsTrueAsync(() => Task.FromResult(signals.Came), "the signal has come");
        using var program = Process.Start("sleep", ["1000"]);
        signals.PassTo(program);

        await program.WaitForExitAsync();
        Assert.Equal(128 + 1, program.ExitCode);
    }
}
