using System.Diagnostics;
using System.Text.Json;

namespace Braid.Grpc.Tests.StockClients;

/// <summary>Runs a stock client's script against a server and fails with every case that the script says went wrong.</summary>
internal static class ConformanceRun
{
    private static readonly TimeSpan limit = TimeSpan.FromMinutes(2);

    public static async Task PassesAsync(string program, params string[] arguments)
    {
        var output = await RunAsync(program, arguments, AppContext.BaseDirectory);
        var cases = output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();

        Assert.NotEmpty(cases);
        Assert.Equal("", string.Join('\n', cases.Where(one => !one.GetProperty("ok").GetBoolean())));
    }

    /// <summary>The standard output of a program that ends well.</summary>
    public static async Task<string> RunAsync(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        using var stop = new CancellationTokenSource(limit);
        await using var kill = stop.Token.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}");
        return output;
    }
}
