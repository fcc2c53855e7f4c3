using Braid.Cli.Tests.Workloads;
using Braid.Testing;

namespace Braid.Cli.Tests.Audits;

/// <summary>What braid audit asks, and how it shows the answer; the server's web door is played.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private const string newest = """
        {"entries": [
          {"number": 7, "at": "2026-03-01T11:58:00Z", "user": "ann", "door": "web", "address": "10.0.0.7",
           "action": "run.delete", "target": "0123456789abcdef0123456789abcdef", "details": "", "outcome": ""},
          {"number": 6, "at": "2026-02-28T12:00:00Z", "user": "bob", "door": "clearml", "address": "10.0.0.8",
           "action": "quota.change", "target": "vision", "details": "8 GPUs", "outcome": "access.only-administrators"}
        ], "next": null}
        """;

    private BoardFake board = null!; // set before each test

    public async Task InitializeAsync() => board = (await BoardFake.StartAsync()).Answers("GET /api/audit", newest);

    public async Task DisposeAsync() => await board.DisposeAsync();

    [Theory]
    [InlineData("audit", "audit")]
    [InlineData("audit --full-timestamps", "audit---full-timestamps")]
    [InlineData("audit --raw", "audit---raw")]
    [InlineData("audit --raw -o yaml", "audit---raw--o-yaml")]
    public async Task Answers_are_shown_as_lists_are(string words, string golden) =>
        Golden.Match($"tests/Braid.Cli.Tests/Golden/tables/{golden}.txt", (await board.RunAsync(words)).Out);

    [Theory]
    [InlineData("audit", "limit=100")]
    [InlineData(
        "audit --user ann --action run --target a&b --refused",
        "limit=100&user=ann&action=run&target=a%26b&refused=1"
    )]
    [InlineData(
        "audit --since 24h --until 2026-03-01 --limit 5",
        "limit=5&since=2026-02-28T12%3A00%3A00.0000000Z&until=2026-03-01"
    )]
    [InlineData("audit --limit 0", "limit=500")]
    [InlineData("audit --limit 1000", "limit=500")]
    public async Task The_flags_are_what_is_asked(string words, string query)
    {
        await board.RunAsync(words);
        Assert.Equal([$"GET /api/audit?{query}"], board.Calls);
    }

    [Fact]
    public async Task Pages_are_asked_for_until_they_are_as_many_as_wanted()
    {
        board.Answers("GET /api/audit", newest.Replace("\"next\": null", "\"next\": \"6\"", StringComparison.Ordinal));
        var cli = await board.RunAsync("audit --limit 4");
        Assert.Equal(["GET /api/audit?limit=4", "GET /api/audit?limit=2&before=6"], board.Calls);
        Assert.Equal(1 + 4, cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Nothing_that_was_done_is_a_table_without_rows()
    {
        board.Answers("GET /api/audit", """{"entries": [], "next": null}""");
        Assert.StartsWith("WHEN WHO ACTION", (await board.RunAsync("audit")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit --limit x", "invalid argument \"x\" for --limit: not a number")]
    [InlineData("audit -o yaml", "cannot set --output (-o) without --raw")]
    public async Task What_cannot_be_asked_is_refused(string words, string message) =>
        Assert.StartsWith(message, (await board.RunAsync(words, code: 1)).Error, StringComparison.Ordinal);
}
