using Braid.Compute.Processes;
using Braid.Compute.Sandboxes;

namespace Braid.Compute.Tests;

public sealed class SandboxDetectionTests
{
    [Fact]
    public async Task A_machine_where_no_sandbox_works_gets_the_reasons_and_what_to_do()
    {
        var options = new SandboxOptions { ExtraMounts = [new("/no/such/folder", "/opt/x", false)] };

        var error = (await ProcessExecutor.DetectAsync(options, TimeProvider.System)).Error;

        Assert.Equal("compute.no-sandbox", error?.Code);
        Assert.Contains("bubblewrap: exited with code 1", error?.Message);
        Assert.Contains("/no/such/folder", error?.Message);
        Assert.Contains("install bubblewrap", error?.Message);
    }

    [Fact]
    public async Task The_first_sandbox_that_works_is_taken()
    {
        var executor = await ProcessExecutor.DetectAsync(new(), TimeProvider.System);

        Assert.Equal("bubblewrap", executor.Value.Sandbox);
    }
}
