using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>What is wrong gets a message that says so, exit code 1, and changes nothing.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private ServerProcess server = null!; // started before each test

    public async Task InitializeAsync()
    {
        server = await ServerProcess.StartAsync();
        await server.BraidAsync("create", "repo", "digits");
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData("inspect repo nope", "repo default/nope not found")]
    [InlineData("create repo digits", "repo default/digits already exists")]
    [InlineData("create repo a/b", "only alphanumeric characters, underscores, and dashes are allowed")]
    [InlineData("list file digits@nope", "not found")]
    [InlineData("get file digits@master:/nope", "not found")]
    [InlineData("inspect job digits@0123456789ab4def8123456789abcdef", "not found")]
    [InlineData("inspect pipeline nope", "not found")]
    [InlineData("put file digits@master:/a -f /no/such", "no such file")]
    [InlineData("finish commit digits@master", "")]
    public async Task What_is_not_there_or_not_allowed_is_said(string words, string message)
    {
        var before = (await server.BraidAsync("list", "repo", "--raw")).Out;
        var outcome = await server.BraidAsync(words.Split(' '));
        Assert.Equal(1, outcome.Code);
        Assert.Contains(message, outcome.Error);
        Assert.Empty(outcome.Out);
        Assert.Equal(before, (await server.BraidAsync("list", "repo", "--raw")).Out);
    }

    [Fact]
    public async Task A_finished_commit_takes_no_more_files()
    {
        await File.WriteAllTextAsync(folder.File("a"), "x");
        var id = (await server.BraidAsync("start", "commit", "digits@master")).Out.Trim();
        Assert.Equal(0, (await server.BraidAsync("finish", "commit", $"digits@{id}")).Code);
        var outcome = await server.BraidAsync("put", "file", $"digits@{id}:/a", "-f", folder.File("a"));
        Assert.Equal(1, outcome.Code);
        Assert.Contains("has already finished", outcome.Error);
    }

    [Theory]
    [InlineData("{", "malformed pipeline spec")]
    [InlineData("""{"pipeline": {"name": "p"}, "nonsense": 1}""", "nonsense")]
    [InlineData("""{"pipeline": {"name": "p"}, "transform": {"cmd": ["true"]}}""", "input")]
    [InlineData(
        """{"pipeline": {"name": "p"}, "transform": {"cmd": ["true"]}, "input": {"pfs": {"repo": "digits"}}}""",
        "glob"
    )]
    public async Task A_malformed_spec_makes_no_pipeline(string spec, string message)
    {
        await File.WriteAllTextAsync(folder.File("spec.json"), spec);
        var outcome = await server.BraidAsync("create", "pipeline", "-f", folder.File("spec.json"));
        Assert.Equal(1, outcome.Code);
        Assert.Contains(message, outcome.Error);
        Assert.DoesNotContain(" p ", (await server.BraidAsync("list", "pipeline")).Out);
    }
}
