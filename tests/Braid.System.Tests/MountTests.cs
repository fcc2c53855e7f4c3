using System.Diagnostics;
using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>Repos as folders, by the kernel of this machine.</summary>
public sealed class MountTests
{
    [MountFact]
    public async Task Repos_branches_commits_and_projects_are_folders()
    {
        await using var mounting = await Mounting.StartAsync("images");
        await mounting.PutAsync("images@master:/a/b.txt", "one");
        await mounting.PutAsync("images@dev:/c.txt", "dev");
        await mounting.OkAsync("create", "project", "vision");
        await mounting.OkAsync("create", "repo", "cats", "--project", "vision");
        Assert.Equal("", (await mounting.MountAsync()).Error);
        Assert.Equal(
            ["images", "images@dev", "vision"],
            Directory.EnumerateDirectories(mounting.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Equal("one", await File.ReadAllTextAsync(mounting.At("images", "a", "b.txt")));
        Assert.Equal("dev", await File.ReadAllTextAsync(mounting.At("images@dev", "c.txt")));
        Assert.True(Directory.Exists(mounting.At("vision...", "cats")));
        Assert.False(Path.Exists(mounting.At("images@nope")));
        Assert.Throws<IOException>(() => File.WriteAllText(mounting.At("images", "new"), "x"));
        Assert.Equal(0, (await mounting.UnmountAsync()).Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(mounting.Root));
    }

    [MountFact]
    public async Task A_mount_shows_one_commit_and_a_followed_branch_shows_the_next()
    {
        await using var mounting = await Mounting.StartAsync("images");
        await mounting.PutAsync("images@master:/a", "one");
        await mounting.MountAsync();
        Assert.Equal("one", await File.ReadAllTextAsync(mounting.At("images", "a")));
        await mounting.PutAsync("images@master:/a", "second");
        Assert.Equal("one", await File.ReadAllTextAsync(mounting.At("images", "a")));
        Assert.Equal("one", await File.ReadAllTextAsync(mounting.At("images@master^", "a")));
        await mounting.UnmountAsync();

        await mounting.MountAsync("--follow");
        await using var open = File.OpenRead(mounting.At("images", "a"));
        await mounting.PutAsync("images@master:/a", "3");
        await Eventually.IsTrueAsync(
            async () => await File.ReadAllTextAsync(mounting.At("images", "a")) == "3",
            "the new commit is shown"
        );
        Assert.Equal("second", await new StreamReader(open).ReadToEndAsync());
    }

    [MountFact]
    public async Task Names_and_attributes_are_asked_for_by_the_page_and_not_by_the_file()
    {
        const int files = 3000;
        await using var mounting = await Mounting.StartAsync("images");
        using var folder = new TempFolder();
        foreach (var number in Enumerable.Range(0, files))
        {
            await File.WriteAllTextAsync(folder.File($"f{number:0000}"), $"{number}");
        }

        await mounting.OkAsync("put", "file", "images@master:/d", "-r", "-f", folder.Path);
        await mounting.MountAsync();
        var before = mounting.ReadCalls();
        var list = new ProcessStartInfo("ls", ["-l", mounting.At("images", "d")])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var listing = Process.Start(list);
        var lines = (await listing!.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(files + 1, lines.Length);
        Assert.InRange(mounting.ReadCalls() - before, 1, files / 10);
    }

    [MountFact]
    public async Task Changes_become_one_commit_when_it_is_unmounted()
    {
        await using var mounting = await Mounting.StartAsync("images");
        await mounting.PutAsync("images@master:/a/old.txt", "old");
        await mounting.PutAsync("images@master:/gone", "x");
        await mounting.PutAsync("images@master:/log", "1\n");
        await mounting.MountAsync("-r", "images+w");
        await File.WriteAllTextAsync(mounting.At("images", "new.txt"), "new");
        await File.AppendAllTextAsync(mounting.At("images", "log"), "2\n");
        File.Delete(mounting.At("images", "gone"));
        Directory.Move(mounting.At("images", "a"), mounting.At("images", "b"));
        Assert.Equal(["b", "log", "new.txt"], Names(mounting.At("images")));
        var ended = await mounting.UnmountAsync();
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Matches("^committed images@master=[0-9a-f]{32}: 5 changes\n$", ended.Out);
        Assert.Equal("1\n2\n", await mounting.OkAsync("get", "file", "images@master:/log"));
        Assert.Equal("old", await mounting.OkAsync("get", "file", "images@master:/b/old.txt"));
        Assert.Equal(1, (await mounting.Server.BraidAsync("inspect", "file", "images@master:/a/old.txt")).Code);
        Assert.Equal(1, (await mounting.Server.BraidAsync("inspect", "file", "images@master:/gone")).Code);
    }

    [MountFact]
    public async Task Changes_of_a_killed_process_are_offered_and_gone_on_with()
    {
        await using var mounting = await Mounting.StartAsync("images");
        await mounting.MountAsync("-w");
        await File.WriteAllTextAsync(mounting.At("images", "kept"), "kept");
        mounting.KillProcess();
        var left = await mounting.UnmountAsync();
        Assert.Equal(1, left.Code);
        Assert.Contains("images@master: 1 change", left.Error);
        var offered = await mounting.MountAsync("-w");
        Assert.Equal(1, offered.Code);
        Assert.Contains("--recover", offered.Error);
        Assert.Equal(0, (await mounting.MountAsync("-w", "--recover")).Code);
        Assert.Equal("kept", await File.ReadAllTextAsync(mounting.At("images", "kept")));
        Assert.Contains("committed images@master=", (await mounting.UnmountAsync()).Out);
        Assert.Equal("kept", await mounting.OkAsync("get", "file", "images@master:/kept"));
    }

    [MountFact]
    public async Task A_commit_that_is_refused_keeps_the_changes_until_it_is_tried_again()
    {
        await using var mounting = await Mounting.StartAsync("images");
        await mounting.MountAsync("-w");
        await File.WriteAllTextAsync(mounting.At("images", "a"), "a");
        await mounting.OkAsync("start", "commit", "images@master");
        var refused = await mounting.UnmountAsync();
        Assert.Equal(1, refused.Code);
        Assert.Contains("has not been finished", refused.Error);
        await mounting.OkAsync("finish", "commit", "images@master");
        Assert.Contains("committed images@master=", (await mounting.UnmountAsync("--commit")).Out);
        Assert.Equal("a", await mounting.OkAsync("get", "file", "images@master:/a"));
    }

    [MountFact]
    public async Task A_server_that_is_away_is_an_error_after_a_while_and_works_again_when_it_is_back()
    {
        await using var mounting = await Mounting.StartAsync("images");
        var port = FreePort.Next();
        await mounting.Server.TerminateAsync();
        await mounting.Server.StartAgainAsync("--pachyderm-port", $"{port}");
        await mounting.PutAsync("images@master:/a", "a");
        await mounting.MountAsync("--timeout", "500ms");
        await mounting.Server.TerminateAsync();
        await Assert.ThrowsAsync<IOException>(() => File.ReadAllTextAsync(mounting.At("images", "a")));
        await mounting.Server.StartAgainAsync("--pachyderm-port", $"{port}");
        // A server that has just begun may need longer than this mount waits.
        var read = await Eventually.GetAsync(
            async () =>
            {
                try
                {
                    return await File.ReadAllTextAsync(mounting.At("images", "a"));
                }
                catch (IOException)
                {
                    return null;
                }
            },
            "it is read again"
        );
        Assert.Equal("a", read);
    }

    [MountFact]
    public async Task A_mount_that_is_in_use_stays_and_what_is_wrong_is_said_before_it_is_mounted()
    {
        await using var mounting = await Mounting.StartAsync("images");
        await mounting.PutAsync("images@master:/a", "a");
        Assert.Contains("nope not found", (await mounting.MountAsync("-r", "nope")).Error);
        Assert.Contains("nothing of braid is mounted", (await mounting.UnmountAsync()).Error);
        await mounting.MountAsync();
        await using (File.OpenRead(mounting.At("images", "a")))
        {
            var busy = await mounting.UnmountAsync();
            Assert.Equal(1, busy.Code);
            Assert.Contains("is in use", busy.Error);
        }

        Assert.Equal(0, (await mounting.UnmountAsync()).Code);
        Assert.Empty(Directory.EnumerateFiles(mounting.State, "*", SearchOption.AllDirectories));
    }

    private static IEnumerable<string?> Names(string directory) =>
        Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
