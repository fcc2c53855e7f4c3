using System.Text;
using Braid.Data.Content;
using Braid.Data.FileSets;
using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.FileSets;

public sealed class FileSetTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_file_set_is_read_as_a_commit_and_added_to_one(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        Ok(await it.PutAsync("r@master", ("/a", "1"), ("/gone", "x"), ("/kept", "k")));
        var set = await MakeAsync(
            it,
            async edits =>
            {
                Ok(await edits.AppendAsync("/a", "2"u8.ToArray(), default));
                Ok(await edits.AppendAsync("/d/b", "3"u8.ToArray(), default));
                Ok(await edits.DeleteAsync("/gone", default));
                Ok(await edits.CopyAsync(it.At("r@master:/kept"), "/copy", append: false, default));
            }
        );

        Assert.Equal((3, 3), (set.Files, set.Size));
        Assert.Equal(["/", "/a", "/copy", "/d/", "/d/b"], await PathsAsync(it, set));
        Assert.Equal("2", await TextAsync(it, set, "/a"));

        var refused = await it.Data.FileSets.AddAsync(User, Repo("r"), Spec("master"), set.Id, default);
        Assert.Equal("data.commit-finished", refused.Error?.Code);
        Ok(await it.StartAsync("r@master"));
        Ok(await it.Data.FileSets.AddAsync(User, Repo("r"), Spec("master"), set.Id, default));
        Ok(await it.FinishAsync("r@master"));
        Assert.Equal(["/", "/a", "/copy", "/d/", "/d/b", "/kept"], await it.WalkAsync("r@master:/"));
        Assert.Equal("12", await it.ReadAsync("r@master:/a"));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Composing_is_asking_for_all_changes_one_after_the_other(string store)
    {
        await using var it = await OpenAsync(store);
        var first = await MakeAsync(it, edits => AppendAsync(edits, ("/a", "1"), ("/b", "1"), ("/c", "1")));
        var second = await MakeAsync(
            it,
            async edits =>
            {
                Ok(await edits.DeleteAsync("/a", default));
                await AppendAsync(edits, ("/a", "2"), ("/b", "2"));
                Ok(await edits.DeleteAsync("/c", default));
            }
        );
        var life = TimeSpan.FromMinutes(1);
        var both = Ok(await it.Data.FileSets.ComposeAsync(User, [first.Id, second.Id], life, default));

        Assert.Equal(["/", "/a", "/b"], await PathsAsync(it, both));
        Assert.Equal("2", await TextAsync(it, both, "/a"));
        Assert.Equal("12", await TextAsync(it, both, "/b"));
        Assert.Equal(it.Clock.GetUtcNow() + life, both.Expires);
        // What was appended to, replaced or deleted on the way is kept for the log's sake.
        Assert.Equal(2, (await it.Content.StatsAsync(both.Parts, default)).Files);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_commit_gives_its_files_or_its_changes(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        await it.NewRepoAsync("other");
        Ok(await it.PutAsync("r@master", ("/a", "1"), ("/b", "1"), ("/c", "1")));
        var edits = Ok(await it.EditsAsync("r@master"));
        Ok(await edits.AppendAsync("/a", "2"u8.ToArray(), default));
        Ok(await edits.DeleteAsync("/b", default));
        Ok(await edits.ApplyAsync(default));
        var whole = Ok(await it.Data.FileSets.OfCommitAsync(User, Repo("r"), Spec("master"), default));
        var changes = Ok(await it.Data.FileSets.OfChangesAsync(User, Repo("r"), Spec("master"), default));

        Assert.Equal(["/", "/a", "/c"], await PathsAsync(it, whole));
        Assert.Equal(["/", "/a"], await PathsAsync(it, changes));
        Ok(await it.PutAsync("other@master", ("/a", "old"), ("/b", "old"), ("/d", "old")));
        Ok(await it.StartAsync("other@master"));
        Ok(await it.Data.FileSets.AddAsync(User, Repo("other"), Spec("master"), whole.Id, default));
        Assert.Equal(["/", "/a", "/b", "/c", "/d"], await it.WalkAsync("other@master:/"));
        Assert.Equal("12", await it.ReadAsync("other@master:/a"));
        Ok(await it.Data.FileSets.AddAsync(User, Repo("other"), Spec("master"), changes.Id, default));
        Assert.Equal(["/", "/a", "/c", "/d"], await it.WalkAsync("other@master:/"));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_file_set_expires_unless_it_is_renewed(string store)
    {
        await using var it = await OpenAsync(store);
        var set = await MakeAsync(it, edits => AppendAsync(edits, ("/a", "1")));
        it.Clock.Advance(TimeSpan.FromMinutes(9));
        Ok(await it.Data.FileSets.RenewAsync(User, set.Id, TimeSpan.FromMinutes(5), default));
        it.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal("1", await TextAsync(it, set, "/a"));
        await it.Data.FileSets.ExpireAsync(default);
        Assert.Equal("1", await TextAsync(it, set, "/a"));

        it.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await it.Data.FileSets.RenewAsync(User, set.Id, TimeSpan.FromMinutes(5), default);
        Assert.Equal("data.file-set-not-found", late.Error?.Code);
        Assert.Equal(
            "data.file-set-not-found",
            (await it.Data.Files.OpenAsync(User, At(set, "/a"), default)).Error?.Code
        );
        Assert.Equal(1, await RowsAsync(it));
        await it.Data.FileSets.ExpireAsync(default);
        Assert.Equal(0, await RowsAsync(it));
    }

    [Theory]
    [InlineData(0.5, "ttl (0.5 s) must be at least one second")]
    [InlineData(1801, "ttl (1801 s) exceeds max ttl (1800 s)")]
    public async Task A_life_too_short_or_too_long_is_refused(double seconds, string message)
    {
        await using var it = await OpenAsync("sqlite");
        var set = await MakeAsync(it, edits => AppendAsync(edits, ("/a", "1")));
        var renewed = await it.Data.FileSets.RenewAsync(User, set.Id, TimeSpan.FromSeconds(seconds), default);
        Assert.Equal(message, renewed.Error?.Message);
    }

    [Fact]
    public async Task Shards_are_ranges_of_paths_that_cover_everything()
    {
        await using var it = await OpenAsync("sqlite");
        var files = Enumerable.Range(0, 10).Select(i => ($"/d{i % 2}/f{i}", new string('x', i))).ToArray();
        var set = await MakeAsync(it, edits => AppendAsync(edits, files));

        Assert.Equal([new("", "")], await ShardAsync(0, 0));
        Assert.Equal([new("", "/d0/f8"), new("/d0/f8", "/d1/f7"), new("/d1/f7", "")], await ShardAsync(4, 0));
        Assert.Equal(
            [new("", "/d0/f8"), new("/d0/f8", "/d1/f5"), new("/d1/f5", "/d1/f9"), new("/d1/f9", "")],
            await ShardAsync(0, 12)
        );

        async Task<IReadOnlyList<PathShard>> ShardAsync(long count, long bytes) =>
            Ok(await it.Data.FileSets.ShardAsync(User, set.Id, count, bytes, default));
    }

    private static async Task<FileSet> MakeAsync(DataFixture it, Func<FileEdits<FileSet>, Task> edit)
    {
        using var edits = Ok(it.Data.FileSets.Begin(User));
        await edit(edits);
        return Ok(await edits.ApplyAsync(default));
    }

    private static async Task AppendAsync(FileEdits<FileSet> edits, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            Ok(await edits.AppendAsync(path, Encoding.UTF8.GetBytes(text), default));
        }
    }

    private static FileAt At(FileSet set, string path) =>
        new(new(RepoName.DefaultProject, FileSet.RepoName), CommitSpec.OfId(new(set.Id)), path);

    private static async Task<string[]> PathsAsync(DataFixture it, FileSet set) =>
        await Ok(await it.Data.Files.WalkAsync(User, At(set, "/"), null, default))
            .Entries.Select(entry => entry.Path)
            .ToArrayAsync();

    private static async Task<string> TextAsync(DataFixture it, FileSet set, string path)
    {
        var file = Ok(await it.Data.Files.OpenAsync(User, At(set, path), default));
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, 0, long.MaxValue, default);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static Task<long> RowsAsync(DataFixture it) =>
        it.Test.Database.ReadAsync(db => db.ScalarAsync<long>("SELECT COUNT(*) FROM file_set"), default);
}
