using System.Text.RegularExpressions;
using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>What a user of versioned data does in a day, with the published program against the published server.</summary>
public sealed class DataScenarioTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private ServerProcess server = null!; // set before each test

    public async Task InitializeAsync()
    {
        server = await ServerProcess.StartAsync();
        server.Variables["HOME"] = folder.Path;
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_repo_is_made_once_listed_and_deleted()
    {
        Assert.Equal(new Outcome(0, "", ""), await server.BraidAsync("create", "repo", "images"));
        var again = await server.BraidAsync("create", "repo", "images");
        Assert.Equal((1, ""), (again.Code, again.Out));
        Assert.Contains("already exists", again.Error);
        Assert.Matches(
            "^PROJECT +NAME +CREATED +SIZE \\(MASTER\\) DESCRIPTION \ndefault images .* 0B +\n$",
            await OutAsync("list repo")
        );
        Assert.Equal(new Outcome(0, "", "Repo deleted.\n"), await server.BraidAsync("delete", "repo", "images"));
    }

    [Fact]
    public async Task One_put_is_one_commit_that_replaces_unless_it_is_to_add()
    {
        await MakeAsync("images");
        var picture = await FileAsync("liberty.png", "0123456789");
        await OutAsync($"put file images@master:liberty.png -f {picture}");
        var first = await IdAsync("images@master");
        await OutAsync($"put file images@master:liberty.png -f {picture}");
        var rows = (await OutAsync("list commit images")).Split('\n')[1..^1];
        Assert.Equal(2, rows.Length);
        Assert.All(rows, row => Assert.Matches(" ago +10B +USER ", row));
        Assert.Contains($"Parent: {first}\n", await OutAsync("inspect commit images@master"));
        await OutAsync($"put file -a images@master:liberty.png -f {picture}");
        Assert.Contains("Size: 20B\n", await OutAsync("inspect file images@master:/liberty.png"));
    }

    [Fact]
    public async Task A_started_commit_takes_several_puts_and_none_after_its_end()
    {
        await MakeAsync("images");
        var picture = await FileAsync("a", "0123456789");
        var id = (await OutAsync("start commit images@master")).Trim();
        await OutAsync($"put file images@master:/a -f {picture}");
        await OutAsync($"put file images@{id}:/b -f {picture}");
        Assert.Matches($" {id} - +≤ .*USER ", await OutAsync("list commit images"));
        Assert.Equal("", await OutAsync("finish commit images@master"));
        var block = await OutAsync($"wait commit images@{id}");
        Assert.Matches($"^Commit: images@{id}\n(.*\n)*Finished: .* ago\nSize: 20B\n$", block);
        var late = await server.BraidAsync("put", "file", $"images@{id}:/c", "-f", picture);
        Assert.Equal(1, late.Code);
        Assert.Contains("has already finished", late.Error);
    }

    [Fact]
    public async Task Commits_are_found_from_others()
    {
        await MakeAsync("images");
        var ids = new List<string>();
        foreach (var content in new[] { "1", "2", "3" })
        {
            await OutAsync($"put file images@master:/a -f {await FileAsync("a", content)}");
            ids.Add(await IdAsync("images@master"));
        }

        Assert.Equal(ids[1], await IdAsync("images@master^"));
        Assert.Equal(ids[0], await IdAsync("images@master^2"));
        Assert.Equal(ids[1], await IdAsync("images@master~1"));
        Assert.Equal(ids[0], await IdAsync("images@master.1"));
        Assert.Equal(1, (await server.BraidAsync("inspect", "commit", "images@master^3")).Code);
        Assert.Equal("1", await OutAsync("get file images@master^2:/a"));
    }

    [Fact]
    public async Task Files_are_listed_matched_and_read()
    {
        await MakeTreeAsync();
        Assert.Equal(["/a", "/d/"], NamesOf(await OutAsync("list file r@master")));
        Assert.Equal(["/d/b", "/d/c"], NamesOf(await OutAsync("list file r@master:/d")));
        Assert.Equal(["/a", "/d/", "/d/b", "/d/c"], NamesOf(await OutAsync("glob file r@master:**")));
        Assert.Equal("b\n", await OutAsync("get file r@master:/d/b"));
        var refused = await server.BraidAsync("get", "file", "r@master:/d");
        Assert.Equal(1, refused.Code);
        Assert.Contains("Try again with the -r flag", refused.Error);
        await OutAsync($"get file -r r@master:/ -o {folder.File("out")}");
        Assert.Equal("c\n", await File.ReadAllTextAsync(folder.File("out/d/c")));
    }

    [Fact]
    public async Task Differences_are_named_and_shown()
    {
        await MakeTreeAsync();
        await OutAsync("start commit r@master");
        await OutAsync($"put file r@master:/a -f {await FileAsync("n", "a\nmore\n")}");
        await OutAsync($"put file r@master:/e -f {await FileAsync("n", "e\n")}");
        await OutAsync("delete file r@master:/d/b");
        await OutAsync("finish commit r@master");
        var names = (await OutAsync("diff file --name-only r@master:/")).Split('\n')[1..^1];
        Assert.Equal(
            ["+ /", "+ /a", "+ /d/", "+ /e", "- /", "- /a", "- /d/", "- /d/b"],
            names.Select(line => $"{line[0]} {line.Split(' ')[^1]}").Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            """
            --- a/a
            +++ b/a
            @@ -1 +1,2 @@
             a
            +more
            --- a/d/b
            +++ /dev/null
            @@ -1 +0,0 @@
            -b
            --- /dev/null
            +++ b/e
            @@ -0,0 +1 @@
            +e

            """,
            await OutAsync("diff file r@master")
        );
    }

    [Fact]
    public async Task A_branch_takes_over_when_it_is_told_to_or_when_enough_has_come()
    {
        await MakeAsync("r");
        var file = await FileAsync("a", "a");
        await OutAsync($"put file r@dev:/a -f {file}");
        await OutAsync("create branch r@master --head dev");
        Assert.Equal(await IdAsync("r@dev"), await IdAsync("r@master"));
        await OutAsync("create branch r@stable -t dev --trigger-commits 3");
        await OutAsync($"put file r@dev:/b -f {file}");
        Assert.Matches("\nstable +[0-9a-f]{32} +dev on Commits\\(3\\) ", "\n" + await OutAsync("list branch r"));
        Assert.Empty(NamesOf(await OutAsync("list file r@stable")));
        await OutAsync($"put file r@dev:/c -f {file}");
        Assert.Equal(["/a", "/b", "/c"], NamesOf(await OutAsync("list file r@stable")));
    }

    [Fact]
    public async Task Records_are_joined_documents_and_only_for_raw()
    {
        await MakeAsync("a");
        await MakeAsync("b");
        Assert.Equal(2, Regex.Count((await OutAsync("list repo --raw")).Replace("}{", "}\n{"), "(?m)^\\{"));
        Assert.Contains("\n---\n", await OutAsync("list repo --raw -o yaml"));
        var refused = await server.BraidAsync("list", "repo", "-o", "yaml");
        Assert.Equal(new Outcome(1, "", "cannot set --output (-o) without --raw\n"), refused);
    }

    [Fact]
    public async Task The_words_of_old_scripts_still_do()
    {
        await OutAsync("create-repo r");
        await OutAsync($"put-file r master /lines -c --split line -f {await FileAsync("l", "x\ny\n")}");
        await OutAsync($"put-file r master /a -c -f {await FileAsync("l", "x\n")}");
        await OutAsync($"put-file r master /a -c -f {await FileAsync("l", "y\n")}");
        Assert.Equal("x\ny\n", await OutAsync("get-file r master /a"));
        Assert.Equal(
            ["/lines/0000000000000000", "/lines/0000000000000001"],
            NamesOf(await OutAsync("list-file r master /lines"))
        );
        Assert.Contains(" r ", await OutAsync("flush-commit r/master"));
    }

    [Fact]
    public async Task A_context_remembers_the_server_and_completion_asks_it()
    {
        await MakeAsync("images");
        await OutAsync($"connect {server.Endpoint("pachyderm")} --alias here");
        server.Variables.Remove("PACHD_ADDRESS");
        Assert.Contains("images", await OutAsync("list repo"));
        Assert.Contains("cluster_deployment_id", await OutAsync("config get context here"));
        Assert.Equal("images@\n", await OutAsync("__complete list file im"));
    }

    private async Task MakeAsync(string repo) => await OutAsync($"create repo {repo}");

    private async Task MakeTreeAsync()
    {
        await MakeAsync("r");
        Directory.CreateDirectory(folder.File("tree/d"));
        foreach (var name in new[] { "a", "d/b", "d/c" })
        {
            await File.WriteAllTextAsync(folder.File($"tree/{name}"), $"{name[^1]}\n");
        }

        await OutAsync($"put file -r r@master:/ -f {folder.File("tree")}");
    }

    private async Task<string> FileAsync(string name, string content)
    {
        await File.WriteAllTextAsync(folder.File(name), content);
        return folder.File(name);
    }

    /// <summary>What it prints; it must succeed.</summary>
    private async Task<string> OutAsync(string words)
    {
        var outcome = await server.BraidAsync(words.Split(' '));
        Assert.True(outcome.Code == 0, $"braid {words}: {outcome.Error}");
        return outcome.Out;
    }

    private async Task<string> IdAsync(string commit) =>
        Regex
            .Match(
                await OutAsync($"inspect commit {commit}"),
                "@(?<id>[0-9a-f]{32})",
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)
            )
            .Groups["id"]
            .Value;

    private static IEnumerable<string> NamesOf(string table) =>
        table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t')[^1]);
}
