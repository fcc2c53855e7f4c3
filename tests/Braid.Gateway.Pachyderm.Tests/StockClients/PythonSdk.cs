using System.Diagnostics;

namespace Braid.Gateway.Pachyderm.Tests.StockClients;

/// <summary>
/// Runs a script that uses Pachyderm's own Python packages. No package index has them in the form that Debian's Python
/// needs, so they are looked for in the folder that BRAID_PACHYDERM_PYTHON names (docs/protocols/pachyderm.md).
/// </summary>
internal static class PythonSdk
{
    /// <summary>Debian's interpreter: one of another installation does not see Debian's grpcio.</summary>
    private const string python = "/usr/bin/python3";
    private static readonly TimeSpan limit = TimeSpan.FromMinutes(2);

    public static string? Folder => Environment.GetEnvironmentVariable("BRAID_PACHYDERM_PYTHON");

    public static async Task RunAsync(string script, Uri server)
    {
        var start = new ProcessStartInfo(python, [Path.Combine("StockClients", "scripts", script), server.Authority])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["PYTHONPATH"] = Folder;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{python} does not start");
        using var stop = new CancellationTokenSource(limit);
        await using var kill = stop.Token.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{script}: {await errors}");
    }
}

/// <summary>A test that needs Pachyderm's Python packages.</summary>
public sealed class PythonSdkTheoryAttribute : TheoryAttribute
{
    public PythonSdkTheoryAttribute()
    {
        if (PythonSdk.Folder is null)
        {
            Skip = "BRAID_PACHYDERM_PYTHON names no folder with Pachyderm's Python packages";
        }
    }
}
