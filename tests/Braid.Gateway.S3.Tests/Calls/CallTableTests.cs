using Braid.Testing;

namespace Braid.Gateway.S3.Tests.Calls;

/// <summary>docs/protocols/s3.md says of every call what the server really does.</summary>
public sealed class CallTableTests
{
    [Fact]
    public void The_table_names_exactly_the_calls_that_are_served_and_refused()
    {
        var rows = File.ReadAllLines(Repository.PathOf("docs", "protocols", "s3.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells[1] != "Call")
            .ToDictionary(cells => cells[1], cells => cells[2]);
        var calls = Requests
            .Calls.All.Select(call => (call.Name, Served: call.Serve is not null))
            .Append((Name: Requests.Calls.ListBuckets, Served: true))
            .ToList();

        Assert.Equal(calls.Select(call => call.Name).Order(), rows.Keys.Order());
        Assert.All(calls, call => Assert.Equal(call.Served, rows[call.Name] is "works" or "partly"));
    }
}
