using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Testing;

namespace Braid.Gateway.Pachyderm.Tests.Calls;

/// <summary>docs/protocols/pachyderm.md says of every call what the server really does.</summary>
public sealed class CallTableTests : DoorTests
{
    private static readonly Dictionary<CallState, string> words = new()
    {
        [CallState.Works] = "works",
        [CallState.Partly] = "partly",
        [CallState.NotYet] = "not yet",
    };

    [Fact]
    public async Task Documented_states_are_those_of_the_server()
    {
        var lines = await File.ReadAllLinesAsync(Repository.PathOf("docs", "protocols", "pachyderm.md"));
        var documented = lines
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains('/'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[1]} {cells[2]}");

        var mapped = PachydermCalls.Table(Server.Rooms).States.Select(call => $"{call.Key} {words[call.Value]}");

        Assert.Equal(mapped.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_call_of_the_protocol_is_mapped()
    {
        var mapped = PachydermCalls.Table(Server.Rooms).States;

        Assert.All(Protocol.Calls, call => Assert.Contains($"{call.Service}/{call.Name}", mapped.Keys));
        Assert.Equal(56, mapped.Keys.Count(call => call.StartsWith("pfs_v2.API/", StringComparison.Ordinal)));
        Assert.Equal(42, mapped.Keys.Count(call => call.StartsWith("pps_v2.API/", StringComparison.Ordinal)));
    }
}
