using System.Text.Json;
using Braid.Testing;

namespace Braid.Grpc.Tests.StockClients;

/// <summary>Runs a stock client's script against a server and fails with every case that the script says went wrong.</summary>
internal static class ConformanceRun
{
    public static async Task PassesAsync(string program, params string[] arguments)
    {
        var output = await ProgramRun.OutputAsync(program, arguments, AppContext.BaseDirectory);
        var cases = output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();

        Assert.NotEmpty(cases);
        Assert.Equal("", string.Join('\n', cases.Where(one => !one.GetProperty("ok").GetBoolean())));
    }
}
