using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Storage.Tests.Trees;

public sealed class TreeTests
{
    [Fact]
    public async Task Paths_are_in_the_order_of_their_bytes_and_directories_end_with_a_slash()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var root = await PutAsync(fixture, "/a/b", "/a.txt", "/a0", "/é", "/z/y/x");
        var all = await fixture.Store.WalkAsync(root, "/", null, default).Select(entry => entry.Path).ToListAsync();
        Assert.Equal(["/", "/a.txt", "/a/", "/a/b", "/a0", "/z/", "/z/y/", "/z/y/x", "/é"], all);
    }

    [Fact]
    public async Task A_walk_is_cut_by_prefix_and_marker_anywhere()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var root = await PutAsync(fixture, "/a/b", "/a/c/d", "/a/c/e", "/a.txt", "/b", "/ba/x", "/c");
        var all = await fixture.Store.WalkAsync(root, "/", null, default).Select(entry => entry.Path).ToListAsync();
        string[] texts =
        [
            "",
            "/",
            "/a",
            "/a.",
            "/a/",
            "/a/c",
            "/a/c/",
            "/a/c/d",
            "/a/c/d/",
            "/b",
            "/bb",
            "/c",
            "/d",
            "x",
        ];
        foreach (var prefix in texts)
        {
            foreach (var after in texts.Concat(all).Append(null))
            {
                var expected = all.Where(path =>
                    path.StartsWith(prefix, StringComparison.Ordinal)
                    && (after is null || string.CompareOrdinal(path, after) > 0)
                );
                var walked = fixture.Store.WalkAsync(root, prefix, after, default).Select(entry => entry.Path);
                Assert.Equal(expected, await walked.ToListAsync());
                await ExpectBackAsync(prefix, after);
            }
        }

        async Task ExpectBackAsync(string directory, string? before)
        {
            var top = directory.EndsWith('/') ? directory : $"{directory}/";
            var expected = all.Where(path =>
                path.StartsWith(top, StringComparison.Ordinal)
                && (before is null || string.CompareOrdinal(path, before) < 0)
            );
            var walked = fixture.Store.WalkBackAsync(root, directory, before, default).Select(entry => entry.Path);
            Assert.Equal(expected.Reverse(), await walked.ToListAsync());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_wide_directory_is_listed_in_pages_in_both_directions(bool reverse)
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var names = Enumerable.Range(0, 1000).Select(i => $"f{i:000}").ToList();
        var root = await PutAsync(fixture, [.. names.Select(name => $"/d/{name}"), "/d/g/x"]);
        var expected = names.Append("g/").ToList();
        if (reverse)
        {
            expected.Reverse();
        }

        string? after = null;
        var listed = new List<string>();
        do
        {
            var options = new ListOptions { After = after, Reverse = reverse };
            var page = await NamesAsync(fixture, root, options).Take(70).ToListAsync();
            after = page.LastOrDefault();
            listed.AddRange(page);
        } while (after is not null);

        Assert.Equal(expected, listed);
    }

    [Theory]
    [InlineData("f1", null)]
    [InlineData("f1", "f150")]
    [InlineData("f", "a")]
    [InlineData("f", "z")]
    [InlineData("", "f500")]
    [InlineData("g", null)]
    [InlineData("zz", null)]
    public async Task A_listing_is_cut_by_prefix_and_marker(string prefix, string? after)
    {
        await using var fixture = await StoreFixture.OpenAsync();
        string[] names = [.. Enumerable.Range(0, 1000).Select(i => $"f{i:000}"), "g/"];
        var root = await PutAsync(
            fixture,
            [.. names.Select(name => $"/d/{name.Replace("/", "/x", StringComparison.Ordinal)}")]
        );
        var matching = names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        var forward = new ListOptions { Prefix = prefix, After = after };
        Assert.Equal(
            matching.Where(name => after is null || string.CompareOrdinal(name, after) > 0),
            await NamesAsync(fixture, root, forward).ToListAsync()
        );
        Assert.Equal(
            matching.Where(name => after is null || string.CompareOrdinal(name, after) < 0).Reverse(),
            await NamesAsync(fixture, root, forward with { Reverse = true }).ToListAsync()
        );
    }

    [Theory]
    [InlineData("a")]
    [InlineData("")]
    [InlineData("//")]
    [InlineData("/a//b")]
    [InlineData("/./a")]
    [InlineData("/a/..")]
    [InlineData("/a\0b")]
    [InlineData("/")]
    [InlineData("/a/")]
    public async Task A_path_that_is_none_is_refused(string path)
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var refused = await fixture.Hold.ApplyAsync(default, [new TreeEdit.Put(path, FileContent.Empty)], default);
        Assert.Equal("storage.bad-path", refused.Error?.Code);
    }

    [Fact]
    public async Task A_path_that_is_no_Unicode_is_refused()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var put = new TreeEdit.Put("/" + '\ud800', FileContent.Empty);
        Assert.Equal("storage.bad-path", await ErrorAsync(fixture, default, put));
    }

    [Fact]
    public async Task Find_answers_files_directories_and_the_root()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var root = await PutAsync(fixture, "/a/b/c");
        Assert.Equal("/", (await fixture.Store.FindAsync(root, "/", default))?.Path);
        Assert.Equal("/a/b/", (await fixture.Store.FindAsync(root, "/a/b", default))?.Path);
        Assert.Equal("c", (await fixture.Store.FindAsync(root, "/a/b/c", default))?.Name);
        Assert.Null(await fixture.Store.FindAsync(root, "/a/b/c/", default));
        Assert.Null(await fixture.Store.FindAsync(root, "/a/x/c", default));
        Assert.Null(await fixture.Store.FindAsync(root, "/../a", default));
        Assert.Equal(0, (await fixture.Store.FindAsync(TreeRoot.Empty, "/", default))?.Files);
        Assert.Null(await fixture.Store.FindAsync(TreeRoot.Empty, "/a", default));
    }

    [Fact]
    public async Task A_file_and_a_directory_cannot_have_one_path()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var root = await PutAsync(fixture, "/a/b", "/f");
        var content = FileContent.Empty;
        Assert.Equal("storage.is-directory", await ErrorAsync(fixture, root, new TreeEdit.Put("/a", content)));
        Assert.Equal("storage.is-file", await ErrorAsync(fixture, root, new TreeEdit.Put("/f/x", content)));
        Assert.Null(await ErrorAsync(fixture, root, new TreeEdit.DeleteTree("/a"), new TreeEdit.Put("/a", content)));
        Assert.Null(await ErrorAsync(fixture, root, new TreeEdit.DeleteFile("/f"), new TreeEdit.Put("/f/x", content)));
    }

    [Fact]
    public async Task A_graft_takes_a_directory_over_and_edits_after_it_apply_to_it()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var source = await PutAsync(fixture, "/d/x", "/d/y/z");
        var directory = Assert.IsType<TreeEntry>(await fixture.Store.FindAsync(source, "/d", default));
        var root = await PutAsync(fixture, "/old/1");
        var grafted = await fixture.ApplyAsync(
            root,
            new TreeEdit.Graft("/old", directory),
            new TreeEdit.Graft("/copy/of", directory),
            new TreeEdit.DeleteFile("/copy/of/x")
        );
        var paths = fixture.Store.WalkAsync(grafted, "/", null, default).Where(entry => entry.Kind == EntryKind.File);
        Assert.Equal(["/copy/of/y/z", "/old/x", "/old/y/z"], await paths.Select(entry => entry.Path).ToListAsync());
        Assert.Equal(
            source,
            await fixture.ApplyAsync(
                default,
                new TreeEdit.Graft("/", Assert.IsType<TreeEntry>(await fixture.Store.FindAsync(source, "/", default)))
            )
        );
    }

    [Fact]
    public async Task Removing_the_last_file_removes_its_directories()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var root = await PutAsync(fixture, "/a/b/c");
        Assert.Equal(TreeRoot.Empty, await fixture.ApplyAsync(root, new TreeEdit.DeleteFile("/a/b/c")));
        Assert.Equal(TreeRoot.Empty, await fixture.ApplyAsync(root, new TreeEdit.DeleteTree("/")));
    }

    [Fact]
    public async Task Merging_refuses_what_two_trees_disagree_about_and_names_it()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var one = await fixture.ApplyAsync(default, new TreeEdit.Put("/d/f", await fixture.PutTextAsync("1")));
        var two = await fixture.ApplyAsync(default, new TreeEdit.Put("/d/f", await fixture.PutTextAsync("2")));
        var directory = await PutAsync(fixture, "/d/f/x", "/d/f.y");
        Assert.Contains(
            "'/d/f'",
            (await fixture.Hold.MergeAsync([one, two], default)).Error?.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'/d/f'",
            (await fixture.Hold.MergeAsync([one, directory], default)).Error?.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(one, (await fixture.Hold.MergeAsync([one, one, default], default)).Value);
        Assert.Equal(TreeRoot.Empty, (await fixture.Hold.MergeAsync([], default)).Value);
    }

    [Fact]
    public async Task A_small_change_in_a_huge_directory_costs_a_few_nodes()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var content = await fixture.PutTextAsync("x");
        var puts = Enumerable.Range(0, 100_000).Select(i => new TreeEdit.Put($"/d/{i:000000}", content));
        var root = await fixture.ApplyAsync(default, [.. puts]);
        var before = fixture.Chunks.ChunkCount;
        var edited = await fixture.ApplyAsync(
            root,
            new TreeEdit.Put("/d/050000x", content),
            new TreeEdit.DeleteFile("/d/000001")
        );
        Assert.InRange(fixture.Chunks.ChunkCount - before, 1, 12);
        var changes = await fixture
            .Store.DiffAsync(root, edited, "/d", default)
            .Select(change => change.Path)
            .ToListAsync();
        Assert.Equal(["/d/", "/d/000001", "/d/050000x"], changes);
        Assert.Equal(
            root,
            await fixture.ApplyAsync(
                edited,
                new TreeEdit.DeleteFile("/d/050000x"),
                new TreeEdit.Put("/d/000001", content)
            )
        );
        var few = await fixture.ApplyAsync(root, [.. puts.Skip(3).Select(put => new TreeEdit.DeleteFile(put.Path))]);
        Assert.Equal(await fixture.ApplyAsync(default, [.. puts.Take(3)]), few);
    }

    [Fact]
    public async Task A_diff_below_a_path_tells_what_became_of_it()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var old = await PutAsync(fixture, "/a", "/b/x");
        var now = await PutAsync(fixture, "/a/y", "/b/x", "/c");
        Assert.Equal(["-/a", "+/a/", "+/a/y"], await ChangesAsync(fixture, old, now, "/a"));
        Assert.Equal(
            ["-/a/", "-/a/y", "+/a"],
            (await ChangesAsync(fixture, now, old, "/a")).OrderBy(text => text[0] == '+')
        );
        Assert.Empty(await ChangesAsync(fixture, old, now, "/b"));
        Assert.Equal(["+/c"], await ChangesAsync(fixture, old, now, "/c"));
        Assert.Empty(await ChangesAsync(fixture, TreeRoot.Empty, TreeRoot.Empty, "/"));
    }

    private static async Task<List<string>> ChangesAsync(
        StoreFixture fixture,
        TreeRoot old,
        TreeRoot now,
        string path
    ) =>
        await fixture
            .Store.DiffAsync(old, now, path, default)
            .Select(change =>
                (
                    change.New is null ? "-"
                    : change.Old is null ? "+"
                    : "~"
                ) + change.Path
            )
            .ToListAsync();

    private static async Task<string?> ErrorAsync(StoreFixture fixture, TreeRoot root, params TreeEdit[] edits) =>
        (await fixture.Hold.ApplyAsync(root, edits, default)).Error?.Code;

    private static IAsyncEnumerable<string> NamesAsync(StoreFixture fixture, TreeRoot root, ListOptions options) =>
        fixture.Store.ListAsync(root, "/d", options, default).Select(entry => entry.Path["/d/".Length..]);

    private static async Task<TreeRoot> PutAsync(StoreFixture fixture, params string[] paths)
    {
        var content = await fixture.PutTextAsync("x");
        return await fixture.ApplyAsync(TreeRoot.Empty, [.. paths.Select(path => new TreeEdit.Put(path, content))]);
    }
}
