using Braid.Data.Integrity;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage.Files;
using Braid.Storage.Trees;
using Braid.Testing;
using Microsoft.Data.Sqlite;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.Integrity;

public sealed class DataIntegrityTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Nothing_is_wrong_with_what_was_made_by_calls(string store)
    {
        await using var it = await GraphAsync(store);
        Assert.Empty(await ProblemsAsync(it));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_follows_from_other_rows_is_found_and_put_right(string store)
    {
        await using var it = await GraphAsync(store);
        await DoAsync(it, "UPDATE data_commit SET generation = 7 WHERE generation = 2");
        await DoAsync(it, "UPDATE data_commit SET size = size + 1, files = 9 WHERE generation = 1 AND files > 0");
        var found = await it.Data.Integrity.CheckAsync(default).ToListAsync();
        Assert.Contains(found, problem => problem.Text.Contains("number 7 of its line", StringComparison.Ordinal));
        Assert.Contains(found, problem => problem.Text.Contains("said to hold 9 files", StringComparison.Ordinal));
        foreach (var repair in found.Select(problem => problem.Repair).OfType<IntegrityRepair>())
        {
            Assert.True(await it.Data.Integrity.RepairAsync(User, repair, default));
            Assert.False(await it.Data.Integrity.RepairAsync(User, repair, default));
        }

        Assert.Empty(await ProblemsAsync(it));
    }

    [Theory]
    [InlineData("UPDATE branch SET head_id = 9999 WHERE name = 'side'", "its head (row 9999) does not exist")]
    [InlineData(
        "UPDATE branch SET head_id = (SELECT max(id) FROM data_commit WHERE repo_id = 2) WHERE name = 'side'",
        "is a commit of another repo"
    )]
    [InlineData(
        "UPDATE data_commit SET finishing_at = NULL WHERE generation = 1",
        "it is finished, and was never closed"
    )]
    [InlineData(
        "UPDATE data_commit SET repo_id = 77 WHERE id = (SELECT max(id) FROM data_commit)",
        "its repo does not exist"
    )]
    [InlineData("UPDATE data_commit SET parent_id = 9999 WHERE generation = 2", "its parent (row 9999) does not exist")]
    [InlineData("DELETE FROM data_project", "its project default does not exist")]
    [InlineData("UPDATE branch_provenance SET upstream_id = branch_id", "is in its own provenance")]
    [InlineData(
        "UPDATE commit_provenance SET upstream_id = 9999",
        "was made from a commit (row 9999) that does not exist"
    )]
    [InlineData("DELETE FROM commit_provenance", "was made from no commit")]
    [InlineData("INSERT INTO upload_part VALUES ('gone', 1, x'00', 0)", "upload gone: it has parts and does not exist")]
    public async Task Rows_that_contradict_each_other_are_named(string damage, string text)
    {
        await using var it = await GraphAsync("sqlite");
        await DoAsync(it, damage);
        Assert.Contains(await ProblemsAsync(it), problem => problem.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_whose_bytes_are_lost_is_named_with_its_commits()
    {
        await using var it = await GraphAsync("sqlite");
        var tree = (await it.InspectAsync("images@master")).Value.Root;
        using var hold = it.Content.Hold();
        var lost = new FileContent(Sha256Hash.Of("lost"u8), 4, 0);
        var bad = (await hold.ApplyAsync(tree, [new TreeEdit.Put("/d/lost", lost)], default)).Value;
        await it.Test.Database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    "UPDATE data_commit SET root = @Hash, files = 3, size = size + 4 WHERE root = @old",
                    new { bad.Hash, old = tree.Hash }
                ),
            default
        );
        var problem = Assert.Single(await ProblemsAsync(it));
        Assert.StartsWith("commit default/images@", problem, StringComparison.Ordinal);
        Assert.Contains(": /d/lost: chunk", problem, StringComparison.Ordinal);
    }

    // Repo 1 images with two commits and a branch, repo 2 edges made from it, its second commit open.
    private static async Task<DataFixture> GraphAsync(string store)
    {
        var it = await DataFixture.OpenAsync(store);
        await it.NewRepoAsync("images");
        await it.NewRepoAsync("edges");
        await it.BranchAsync("images@master");
        await it.BranchAsync("edges@master", "images@master");
        Ok(await it.PutAsync("images@master", ("/a", "one")));
        Ok(await it.PutAsync("images@master", ("/b", "two")));
        Ok(await it.PutAsync("images@side", ("/c", "three")));
        return it;
    }

    // As a disk or a mistake does it: without regard to what refers to what.
    private static async Task DoAsync(DataFixture it, string sql)
    {
        if (it.Test.Address is not DatabaseAddress.SqliteFile file)
        {
            await it.Test.Database.WriteAsync(db => db.ExecuteAsync(sql), default);
            return;
        }

        await using var connection = new SqliteConnection($"Data Source={file.Path};Foreign Keys=False;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> ProblemsAsync(DataFixture it) =>
        await it.Data.Integrity.CheckAsync(default).Select(problem => problem.Text).ToListAsync();
}
