using Braid.Gateway.ClearML.Routing;
using Braid.Testing;

namespace Braid.Gateway.ClearML.Tests.Docs;

public sealed class EndpointTableTests
{
    [Fact]
    public void The_documented_table_says_what_is_mapped()
    {
        var documented = File.ReadLines(Repository.PathOf("docs", "protocols", "clearml.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length >= 4 && cells[1].Contains('.') && !cells[1].Contains('`'))
            .Select(cells => $"{cells[1]}: {cells[2]}");
        var mapped = EndpointTable.Instance.All.Select(endpoint => $"{endpoint.Name}: {Word(endpoint.Support)}");

        Assert.Equal(mapped.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_endpoint_of_the_protocol_is_in_the_table() => Assert.Equal(204, EndpointTable.Instance.All.Count);

    [Fact]
    public void Versions_ascend() =>
        Assert.All(EndpointTable.Instance.All, endpoint => Assert.Equal(endpoint.Versions.Order(), endpoint.Versions));

    private static string Word(Support support) =>
        support switch
        {
            Support.Works => "works",
            Support.Partly => "partly",
            _ => "refused",
        };
}
