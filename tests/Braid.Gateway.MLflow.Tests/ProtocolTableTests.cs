using System.Text.RegularExpressions;
using Braid.Gateway.MLflow.Wire;

namespace Braid.Gateway.MLflow.Tests;

/// <summary>Holds docs/protocols/mlflow.md against the table of endpoints, both ways.</summary>
public sealed partial class ProtocolTableTests
{
    private static readonly Dictionary<string, string> documented = Rows(File.ReadAllText(DocumentPath()))
        .ToDictionary(row => row.Call, row => row.State);

    private static readonly Dictionary<string, Endpoint> mapped = Endpoints.All.ToDictionary(Call);

    [Fact]
    public void Every_endpoint_is_documented_in_its_state()
    {
        var wrong = mapped.Where(one => documented.GetValueOrDefault(one.Key) is var state && !Suits(one.Value, state));
        Assert.Empty(wrong.Select(one => $"{one.Key}: {documented.GetValueOrDefault(one.Key) ?? "no row"}"));
    }

    [Fact]
    public void Every_row_that_promises_something_is_mapped() =>
        Assert.Empty(documented.Where(row => row.Value != "not yet").Select(row => row.Key).Except(mapped.Keys));

    [Fact]
    public void States_are_works_partly_or_not_yet() =>
        Assert.Empty(documented.Values.Except(["works", "partly", "not yet"]));

    private static bool Suits(Endpoint endpoint, string? state) =>
        endpoint is Endpoint.Refused ? state == "not yet" : state is "works" or "partly";

    private static string Call(Endpoint endpoint) =>
        $"{endpoint.Verb} {endpoint.Path.Replace("//", "/", StringComparison.Ordinal)}";

    private static IEnumerable<(string Call, string State)> Rows(string document) =>
        Row().Matches(document).Select(row => (row.Groups["call"].Value, row.Groups["state"].Value.Trim()));

    private static string DocumentPath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Braid.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no Braid.slnx above the test");
        }

        return Path.Combine(folder.FullName, "docs/protocols/mlflow.md");
    }

    [GeneratedRegex(
        @"^\| `(?<call>[A-Z]+ [^`]+)` \| (?<state>[^|]+) \|",
        RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Row();
}
