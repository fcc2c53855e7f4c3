using Braid.Compute.Processes;
using Braid.Compute.Sandboxes;

namespace Braid.Compute.Tests.Processes;

/// <summary>What a shell starts in the background ignores signals, and its children would, too.</summary>
public sealed class IgnoredSignalsTests
{
    [Theory]
    [InlineData("0000000000000000", "")]
    [InlineData("0000000000001006", "2 3 13")]
    [InlineData("0000000000000001", "1")]
    public void Signals_are_read_from_the_mask_of_this_process(string mask, string signals) =>
        Assert.Equal(
            signals,
            string.Join(' ', IgnoredSignals.Parse(["Name:\tbraid", $"SigIgn:\t{mask}", "SigCgt:\t0000000000000000"]))
        );

    [Fact]
    public async Task A_program_ignores_nothing_though_this_process_does()
    {
        Assert.NotEmpty(IgnoredSignals.Reset);
        var printed = new List<string>();
        var processes = await ProcessExecutor.DetectAsync(new SandboxOptions(), TimeProvider.System);
        var spec = new ProcessSpec { Command = ["grep", "SigIgn", "/proc/self/status"] };
        var process = await processes.Value.StartAsync(
            spec,
            line =>
            {
                printed.Add(line.Text);
                return ValueTask.CompletedTask;
            }
        );
        Assert.Equal(0, (await process.Exit).Code);
        Assert.Equal(["SigIgn:\t0000000000000000"], printed);
    }

    [Fact]
    public void Where_nothing_is_ignored_nothing_stands_before_a_command() => Assert.Empty(IgnoredSignals.ResetOf([]));
}
