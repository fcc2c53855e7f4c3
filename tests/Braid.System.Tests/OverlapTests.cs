using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>The alarm when a file comes to lie on both sides of a split.</summary>
public sealed class OverlapTests
{
    [Fact]
    public async Task A_put_that_brings_a_file_of_the_test_set_is_told_so_at_once()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync();
        await server.BraidAsync("create", "repo", "held-out", "--role", "test");
        await server.BraidAsync("create", "repo", "digits");
        Directory.CreateDirectory(folder.File("train"));
        foreach (var number in Enumerable.Range(0, 40))
        {
            await File.WriteAllTextAsync(folder.File($"train/{number:00}"), $"image {number}");
        }

        await server.BraidAsync("put", "file", "held-out@master:/secret", "-f", folder.File("train/07"));
        var untold = await server.BraidAsync("put", "file", "-r", "digits@master:/", "-f", folder.File("train"));
        Assert.Equal((0, ""), (untold.Code, untold.Error));

        await server.BraidAsync("update", "repo", "digits", "--role", "train");
        var listed = await server.BraidAsync("list", "overlap", "digits@master");
        Assert.Contains("07", listed.Out);
        Assert.Contains(":/secret", listed.Out);
        Assert.Equal(2, listed.Out.Count(sign => sign == '\n'));

        var told = await server.BraidAsync("put", "file", "digits@master:/again", "-f", folder.File("train/07"));
        Assert.Equal(0, told.Code);
        Assert.Contains("alarm: 1 file of this commit is also in repos of other roles", told.Error);
        Assert.Matches("/again = default/held-out@[0-9a-f]{32}:/secret \\(test\\)", told.Error);
    }

    [Fact]
    public async Task A_role_that_is_none_is_refused()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.BraidAsync("create", "repo", "r");

        var outcome = await server.BraidAsync("update", "repo", "r", "--role", "tset");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("it is train, validation or test", outcome.Error);
    }
}
