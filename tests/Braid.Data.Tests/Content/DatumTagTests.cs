using System.Text;
using Braid.Data.Content;
using Braid.Primitives;
using Braid.Testing;
using Xunit.Abstractions;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.Content;

public sealed class DatumTagTests(ITestOutputHelper output)
{
    private const string duplicateOfA = "duplicate path output by different datums (/a from x and /a from y)";

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_path_that_two_tags_wrote_fails_the_commit_when_it_is_finished(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        Ok(await it.PutAsync("r@master", ("/a", "before")));
        var open = Ok(await it.StartAsync("r@master"));
        await WriteAsync(it, "r@master", ("y", "/a", "1"), ("y", "/b", "1"));
        await WriteAsync(it, "r@master", ("x", "/a", "2"), ("x", "/c", "2"));

        var finished = Ok(await it.FinishAsync($"r@{open.Name.Id}"));

        Assert.Equal(duplicateOfA, finished.Error);
        Ok(await it.PutAsync("r@master", ("/d", "after")));
        Assert.Equal(["/a", "/d"], await it.ListAsync("r@master"));
        Assert.Equal("before", await it.ReadAsync("r@master:/a"));
    }

    [Fact]
    public async Task A_branch_gets_a_failed_commit_by_one_write_of_two_tags()
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");

        var commit = await WriteAsync(it, "r@master", ("x", "/a", "1"), ("y", "/a", "2"));

        Assert.Equal(duplicateOfA, commit.Error);
        Assert.Equal(0, commit.Files);
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("x", "")]
    [InlineData("x", "default")]
    public async Task No_tag_is_the_usual_one(string first, string second)
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        Ok(await it.StartAsync("r@master"));
        await WriteAsync(it, "r@master", (first, "/a", "1"));
        await WriteAsync(it, "r@master", (second, "/a", "2"));

        var error = Ok(await it.FinishAsync("r@master")).Error;

        Assert.Equal("duplicate path output by different datums (/a from default and /a from x)", error);
    }

    [Fact]
    public async Task One_tag_appends_overwrites_and_deletes_as_often_as_it_likes()
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        Ok(await it.StartAsync("r@master"));
        for (var turn = 0; turn < 2; turn++)
        {
            using var edits = Ok(await it.EditsAsync("r@master"));
            Ok(await edits.WriteAsAsync("x", default));
            Ok(await edits.AppendAsync("/appended", "1"u8.ToArray(), default));
            Ok(await edits.DeleteAsync("/over", default));
            Ok(await edits.AppendAsync("/over", "2"u8.ToArray(), default));
            Ok(await edits.DeleteAsync("/gone", default));
            Ok(await edits.ApplyAsync(default));
        }

        Assert.Equal("", Ok(await it.FinishAsync("r@master")).Error);
        Assert.Equal("11", await it.ReadAsync("r@master:/appended"));
        Assert.Equal("2", await it.ReadAsync("r@master:/over"));
    }

    [Fact]
    public async Task A_path_that_its_tag_deleted_and_those_of_older_commits_are_free_for_others()
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        await WriteAsync(it, "r@master", ("x", "/a", "1"));
        Ok(await it.StartAsync("r@master"));
        await WriteAsync(it, "r@master", ("y", "/a", "2"), ("y", "/b", "2"));
        using var edits = Ok(await it.EditsAsync("r@master"));
        Ok(await edits.WriteAsAsync("y", default));
        Ok(await edits.DeleteAsync("/b", default));
        Ok(await edits.WriteAsAsync("x", default));
        Ok(await edits.AppendAsync("/b", "3"u8.ToArray(), default));
        Ok(await edits.ApplyAsync(default));

        Assert.Equal("", Ok(await it.FinishAsync("r@master")).Error);
        Assert.Equal("2", await it.ReadAsync("r@master:/a"));
        Assert.Equal("3", await it.ReadAsync("r@master:/b"));
    }

    [Fact]
    public async Task A_tag_deletes_no_file_of_another_but_every_directory()
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        Ok(await it.StartAsync("r@master"));
        await WriteAsync(it, "r@master", ("x", "/a", "1"), ("x", "/d/b", "1"));
        using var edits = Ok(await it.EditsAsync("r@master"));
        Ok(await edits.DeleteAsync("/a", default));
        Ok(await edits.DeleteAsync("/d/", default));
        Ok(await edits.WriteAsAsync("y", default));
        Ok(await edits.AppendAsync("/d/b", "2"u8.ToArray(), default));
        Ok(await edits.ApplyAsync(default));

        Assert.Equal("", Ok(await it.FinishAsync("r@master")).Error);
        Assert.Equal("1", await it.ReadAsync("r@master:/a"));
        Assert.Equal("2", await it.ReadAsync("r@master:/d/b"));
    }

    [Theory, InlineData(""), InlineData("y")]
    public async Task A_copy_over_what_another_tag_wrote_is_a_duplicate(string tag)
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("from");
        await it.NewRepoAsync("r");
        Ok(await it.PutAsync("from@master", ("/in/a", "1"), ("/in/d/b", "2")));
        Ok(await it.StartAsync("r@master"));
        await WriteAsync(it, "r@master", ("x", "/to/d/b", "mine"), ("x", "/to/e", "mine"), ("x", "/toes", "mine"));
        using var edits = Ok(await it.EditsAsync("r@master"));
        Ok(await edits.WriteAsAsync(tag, default));
        Ok(await edits.CopyAsync(it.At("from@master:/in"), "/to", append: false, default));
        Ok(await edits.ApplyAsync(default));

        var error = Ok(await it.FinishAsync("r@master")).Error;

        Assert.Equal(tag.Length == 0 ? Duplicate("default", "x") : Duplicate("x", "y"), error);

        static string Duplicate(string one, string other) =>
            $"duplicate path output by different datums (/to/d/b from {one} and /to/d/b from {other})";
    }

    [Fact]
    public async Task A_file_set_keeps_the_tags_of_its_changes()
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        Ok(await it.StartAsync("r@master"));
        await WriteAsync(it, "r@master", ("x", "/a", "1"));
        using var edits = Ok(it.Data.FileSets.Begin(User));
        Ok(await edits.WriteAsAsync("y", default));
        Ok(await edits.AppendAsync("/a", "2"u8.ToArray(), default));
        var set = Ok(await edits.ApplyAsync(default));
        Ok(await it.Data.FileSets.AddAsync(User, Repo("r"), Spec("master"), set.Id, default));

        Assert.Equal(duplicateOfA, Ok(await it.FinishAsync("r@master")).Error);
    }

    [Fact]
    public async Task Clearing_a_commit_clears_its_duplicates()
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        Ok(await it.StartAsync("r@master"));
        await WriteAsync(it, "r@master", ("x", "/a", "1"), ("y", "/a", "2"));
        Ok(await it.Data.Commits.ClearAsync(User, Repo("r"), Spec("master"), default));
        await WriteAsync(it, "r@master", ("y", "/a", "3"));

        Assert.Equal("", Ok(await it.FinishAsync("r@master")).Error);
        Assert.Equal("3", await it.ReadAsync("r@master:/a"));
    }

    [Fact]
    public async Task A_tag_of_many_kilobytes_is_refused()
    {
        await using var it = await OpenAsync("sqlite");
        using var edits = Ok(it.Data.FileSets.Begin(User));

        var refused = await edits.WriteAsAsync(new('x', 1025), default);

        Assert.Equal(ErrorKind.InvalidArgument, refused.Error?.Kind);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task Many_writers_leave_what_a_plain_model_says(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        for (var round = 0; round < 8; round++)
        {
            var before = await it.CommitsAsync("r") is [] ? [] : await it.WalkAsync("r@master:/");
            var model = new Model(before);
            Ok(await it.StartAsync("r@master"));
            for (var write = 0; write < 4; write++)
            {
                await ScribbleAsync(it, model, random);
            }

            var finished = Ok(await it.FinishAsync("r@master"));
            Assert.Equal(model.IsDuplicate, finished.Error.Length > 0);
            if (!model.IsDuplicate)
            {
                Assert.Equal(model.Paths, (await it.WalkAsync("r@master:/")).Where(path => !path.EndsWith('/')));
            }
            else
            {
                Ok(await it.Data.CommitSets.DropAsync(User, finished.Name.Id, default));
            }
        }
    }

    private static async Task ScribbleAsync(DataFixture it, Model model, Random random)
    {
        using var edits = Ok(await it.EditsAsync("r@master"));
        for (var edit = random.Next(1, 5); edit > 0; edit--)
        {
            var (tag, path) = ("xyz"[random.Next(3)..][..1], $"/{"de"[random.Next(2)]}/{random.Next(5)}");
            Ok(await edits.WriteAsAsync(tag, default));
            switch (random.Next(6))
            {
                case 0:
                    Ok(await edits.DeleteAsync(path[..3], default));
                    model.DeleteDirectory(path[..3]);
                    break;
                case 1 or 2:
                    Ok(await edits.DeleteAsync(path, default));
                    model.Delete(tag, path);
                    break;
                default:
                    Ok(await edits.AppendAsync(path, Encoding.UTF8.GetBytes(tag), default));
                    model.Write(tag, path);
                    break;
            }
        }

        Ok(await edits.ApplyAsync(default));
    }

    /// <summary>Writes files under tags, in order, in one write.</summary>
    private static async Task<Data.History.Commit> WriteAsync(
        DataFixture it,
        string at,
        params (string Tag, string Path, string Text)[] files
    )
    {
        using var edits = Ok(await it.EditsAsync(at));
        foreach (var (tag, path, text) in files)
        {
            Ok(await edits.WriteAsAsync(tag, default));
            Ok(await edits.DeleteAsync(path, default));
            Ok(await edits.AppendAsync(path, Encoding.UTF8.GetBytes(text), default));
        }

        return Ok(await edits.ApplyAsync(default));
    }

    /// <summary>Who owns which path of a commit; nobody owns what came from the parent.</summary>
    private sealed class Model(IEnumerable<string> before)
    {
        private readonly Dictionary<string, string> owners = before
            .Where(path => !path.EndsWith('/'))
            .ToDictionary(path => path, _ => "");

        public bool IsDuplicate { get; private set; }

        public IEnumerable<string> Paths => owners.Keys.Order(StringComparer.Ordinal);

        public void Write(string tag, string path)
        {
            if (IsOthers(tag, path))
            {
                IsDuplicate = true;
                return;
            }

            owners[path] = tag;
        }

        public void Delete(string tag, string path)
        {
            if (!IsOthers(tag, path))
            {
                owners.Remove(path);
            }
        }

        public void DeleteDirectory(string prefix)
        {
            foreach (var path in owners.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).ToList())
            {
                owners.Remove(path);
            }
        }

        private bool IsOthers(string tag, string path) =>
            owners.TryGetValue(path, out var owner) && owner.Length > 0 && owner != tag;
    }
}
