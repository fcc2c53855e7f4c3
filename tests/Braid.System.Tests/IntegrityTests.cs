using Braid.Testing;
using Microsoft.Data.Sqlite;

namespace Braid.System.Tests;

/// <summary>The commands that look after what is stored, against a server whose disk and rows are damaged.</summary>
public sealed class IntegrityTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private ServerProcess server = null!; // set before each test

    public async Task InitializeAsync()
    {
        server = await ServerProcess.StartAsync();
        await File.WriteAllTextAsync(folder.File("a"), "these bytes will rot");
        await RunAsync("create repo in");
        await RunAsync($"put file in@master:/a -f {folder.File("a")}");
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Scrub_names_what_rots_until_it_is_put_again()
    {
        Assert.Equal(new Outcome(0, "No errors found.\n", ""), await server.BraidAsync("scrub"));

        Damage.Flip(Path.Combine(server.Folder, "blobs", "packs"), "these bytes will rot"u8);
        var looked = await server.BraidAsync("scrub", "--look");
        var damaged = await server.BraidAsync("scrub");

        Assert.Equal((1, 1), (looked.Code, damaged.Code));
        Assert.Contains("left", looked.Out);
        Assert.Matches("commit default/in@[0-9a-f]{32}: /a: ", damaged.Out);
        Assert.Contains("put their files again", damaged.Out);
        Assert.Equal(1, (await server.BraidAsync("get", "file", "in@master:/a")).Code);
        await RunAsync($"put file in@master:/a -f {folder.File("a")}");
        Assert.Equal("No errors found.\n", await RunAsync("scrub"));
        Assert.Equal("these bytes will rot", await RunAsync("get file in@master^:/a"));
    }

    [Fact]
    public async Task Fsck_finds_a_wrong_row_and_puts_it_right()
    {
        Assert.Equal("No errors found.\n", await RunAsync("fsck"));

        await ChangeRowsAsync("UPDATE data_commit SET generation = 5");
        var found = await server.BraidAsync("fsck");

        Assert.Equal(1, found.Code);
        Assert.Matches("^Error: .*number 5", found.Out);
        Assert.StartsWith("Fix applied: ", await RunAsync("fsck --fix"));
        Assert.Equal("No errors found.\n", await RunAsync("fsck"));
    }

    /// <summary>Behind the server's back: it is down meanwhile.</summary>
    private async Task ChangeRowsAsync(string sql)
    {
        await server.TerminateAsync();
        SQLitePCL.Batteries_V2.Init();
        await using (var rows = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "braid.db")}"))
        {
            await rows.OpenAsync();
            await using var change = rows.CreateCommand();
            change.CommandText = sql;
            Assert.NotEqual(0, await change.ExecuteNonQueryAsync());
        }

        await server.StartAgainAsync();
    }

    /// <summary>What it prints; it must succeed.</summary>
    private async Task<string> RunAsync(string words)
    {
        var outcome = await server.BraidAsync(words.Split(' '));
        Assert.True(outcome.Code == 0, $"braid {words}: {outcome.Error}{outcome.Out}");
        return outcome.Out;
    }
}
