using System.Text;
using System.Text.RegularExpressions;
using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Storage.Files;
using Braid.Storage.Trees;
using Braid.Tracking.Artifacts;

namespace Braid.Server.Tests.Sweeping;

/// <summary>
/// A column that refers to content which no sweep sees is data lost: every column that could is here, either with a writer
/// whose content must outlive a sweep, or with the reason why it refers to none.
/// </summary>
public sealed partial class SweepCoverageTests
{
    /// <summary>Per column: writes bytes that only it refers to, and says how to read them back.</summary>
    private static readonly Dictionary<string, Func<SweptServer, byte[], Task<Func<Task<byte[]>>>>> writers = new()
    {
        ["data_commit.root"] = async (server, bytes) =>
        {
            await server.CommitAsync("kept", bytes);
            return () => server.ReadCommitAsync("kept");
        },
        ["data_commit.datum_tags"] = (server, bytes) =>
            PutTreeAsync(server, bytes, "UPDATE data_commit SET datum_tags = @Hash"),
        ["role_tree.root"] = (server, bytes) =>
            PutTreeAsync(
                server,
                bytes,
                "INSERT INTO role_tree (repo_id, commit_id, root) SELECT id, 0, @Hash FROM repo WHERE name = 'kept'"
            ),
        ["upload_part.content"] = PutPartAsync,
        ["artifact.content"] = PutArtifactAsync,
        ["datum.output"] = (server, bytes) => PutTreeAsync(server, bytes, insertDatum),
        ["job.datums"] = (server, bytes) => PutTreeAsync(server, bytes, insertJob),
        ["file_set.log"] = PutLogAsync,
        ["file_set.root"] = (server, bytes) => PutTreeAsync(server, bytes, FileSetOf("@Nothing", "@Hash", "@Empty")),
        ["file_set.parts"] = (server, bytes) => PutTreeAsync(server, bytes, FileSetOf("@Nothing", "@Empty", "@Hash")),
    };

    private const string insertJob = """
        INSERT INTO job (set_id, project, pipeline, version, run_id, run_project, state, reason, restarts,
          created_at, processed, skipped, failed, recovered, total, download_time, process_time, upload_time,
          download_bytes, upload_bytes, datums)
        VALUES (@id, 'default', 'p', 1, @id, @id, 5, '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, @Hash);
        """;

    private const string insertDatum = """
        INSERT INTO job (set_id, project, pipeline, version, run_id, run_project, state, reason, restarts,
          created_at, processed, skipped, failed, recovered, total, download_time, process_time, upload_time,
          download_bytes, upload_bytes)
        VALUES (@id, 'default', 'p', 1, @id, @id, 1, '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        INSERT INTO datum (job_id, id, key, state, reason, inputs, output, from_set, tries, download_time,
          process_time, upload_time, download_bytes, upload_bytes)
        SELECT id, @Hash, @Hash, 1, '', @Hash, @Hash, set_id, 0, 0, 0, 0, 0, 0 FROM job WHERE set_id = @id
        """;

    private static readonly Dictionary<string, string> refersToNothing = new()
    {
        ["access_key.secret"] = "a sealed secret",
        ["pending_request.request"] = "a request of a transaction, which may not write files",
        ["pending_request.response"] = "what the request was answered",
        ["series.tail"] = "points, themselves",
        ["series_block.bytes"] = "points, themselves",
        ["series_inbox.bytes"] = "points, themselves",
        ["log_block.bytes"] = "lines, themselves",
        ["log_block.trigrams"] = "what the lines can hold",
        ["secret_value.sealed"] = "a sealed secret",
        ["plot.content"] = "a plot, itself",
        ["role_file.hash"] = "a hash to compare with",
        ["datum.id"] = "a name",
        ["datum.key"] = "a hash of code and inputs",
        ["datum.inputs"] = "paths and hashes of inputs, which their commits keep",
    };

    [Fact]
    public void Every_column_of_bytes_is_accounted_for()
    {
        var columns = Stores.Migrations.SelectMany(migration => ColumnsOf(migration.Sql)).ToHashSet();
        Assert.Equal(columns.Order(), writers.Keys.Concat(refersToNothing.Keys).Order());
    }

    [Fact]
    public async Task What_any_domain_refers_to_outlives_a_sweep_and_what_is_deleted_does_not()
    {
        await using var server = await SweptServer.OpenAsync();
        var reads = new List<(string Column, byte[] Bytes, Func<Task<byte[]>> ReadAsync)>();
        foreach (var (index, (column, write)) in writers.Index())
        {
            var bytes = RandomBytes(index, 100_000);
            reads.Add((column, bytes, await write(server, bytes)));
        }

        await server.CommitAsync("gone", RandomBytes(100, 500_000));
        await server.Rooms.Data.Repos.DeleteAsync(SweptServer.User, server.Repo("gone"), force: false, default);
        Assert.InRange((await server.SweepAsync()).FreedBytes, 500_000, 510_000);
        foreach (var (column, bytes, readAsync) in reads)
        {
            Assert.True((await readAsync()).AsSpan().SequenceEqual(bytes), column);
        }
    }

    [Fact]
    public async Task Edits_that_are_open_keep_their_bytes_through_any_number_of_sweeps()
    {
        await using var server = await SweptServer.OpenAsync();
        var bytes = RandomBytes(1, 200_000);
        await server.CommitAsync("gone", bytes);
        await server.Rooms.Data.Repos.CreateAsync(SweptServer.User, server.Repo("r"), "", update: false, default);
        using var edits = (
            await server.Rooms.Data.Files.EditAsync(
                SweptServer.User,
                server.Repo("r"),
                CommitSpec.OfBranch("master"),
                default
            )
        ).Value;
        await edits.AppendAsync("/f", bytes, default);
        await server.Rooms.Data.Repos.DeleteAsync(SweptServer.User, server.Repo("gone"), force: false, default);
        var sweeping = server.SweepAsync();
        Assert.True((await edits.ApplyAsync(default)).IsOk);
        edits.Dispose();
        await sweeping;
        Assert.Equal(bytes, await server.ReadCommitAsync("r"));
    }

    private static async Task<Func<Task<byte[]>>> PutPartAsync(SweptServer server, byte[] bytes)
    {
        await server.Rooms.Data.Repos.CreateAsync(SweptServer.User, server.Repo("up"), "", update: false, default);
        var uploads = server.Rooms.Data.Uploads;
        var upload = (
            await uploads.BeginAsync(SweptServer.User, new(server.Repo("up"), "master"), "/f", default)
        ).Value;
        await uploads.PutPartAsync(SweptServer.User, upload.Id, 1, new MemoryStream(bytes), default);
        return async () =>
        {
            var parts = (await uploads.ListPartsAsync(SweptServer.User, upload.Id, default)).Value;
            return await server.ReadAsync(parts[0].Content);
        };
    }

    private static async Task<Func<Task<byte[]>>> PutArtifactAsync(SweptServer server, byte[] bytes)
    {
        var artifacts = server.Rooms.Artifacts;
        var space = ArtifactSpaces.MLflow;
        await artifacts.PutAsync(SweptServer.User, space, "a/b", new MemoryStream(bytes), null, default);
        return async () =>
        {
            await using var file = (await artifacts.OpenAsync(SweptServer.User, space, "a/b", default)).Value.Content;
            using var read = new MemoryStream();
            await file.CopyToAsync(read);
            return read.ToArray();
        };
    }

    private static string FileSetOf(string log, string root, string parts) =>
        $"""
            INSERT INTO file_set (id, log, root, parts, files, size, made_at, made_by, expires_at)
            VALUES (@id, {log}, {root}, {parts}, 0, 0, 0, '', {long.MaxValue})
            """;

    private static async Task<Func<Task<byte[]>>> PutLogAsync(SweptServer server, byte[] bytes)
    {
        using var hold = server.Stores.Content.Hold();
        var log = await hold.WriteAsync(bytes, default);
        await hold.SealAsync(log, default);
        await server.Stores.Database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    FileSetOf("@log", "@Empty", "@Empty"),
                    new
                    {
                        id = IdSource.System.Next(),
                        log = log.ToBytes(),
                        Empty = TreeRoot.Empty.Hash,
                    }
                ),
            default
        );
        return () => server.ReadAsync(log);
    }

    // Lets a row name a tree of one file.
    private static async Task<Func<Task<byte[]>>> PutTreeAsync(SweptServer server, byte[] bytes, string insert)
    {
        using var hold = server.Stores.Content.Hold();
        var content = await hold.WriteAsync(bytes, default);
        var root = (await hold.ApplyAsync(TreeRoot.Empty, [new TreeEdit.Put("/out", content)], default)).Value;
        await hold.SealAsync(root, default);
        await server.Stores.Database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    insert,
                    new
                    {
                        id = IdSource.System.Next(),
                        root.Hash,
                        Empty = TreeRoot.Empty.Hash,
                        Nothing = FileContent.Empty.ToBytes(),
                    }
                ),
            default
        );
        return async () =>
        {
            var found = await server.Stores.Content.FindAsync(root, "/out", default);
            return await server.ReadAsync(found?.Content ?? FileContent.Empty);
        };
    }

    private static byte[] RandomBytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static IEnumerable<string> ColumnsOf(string sql)
    {
        foreach (Match table in TableText().Matches(sql))
        {
            foreach (Match column in BytesText().Matches(table.Groups["columns"].Value))
            {
                yield return $"{table.Groups["table"].Value}.{column.Groups["column"].Value}";
            }
        }

        foreach (Match added in AddedText().Matches(sql))
        {
            yield return $"{added.Groups["table"].Value}.{added.Groups["column"].Value}";
        }
    }

    private const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"CREATE TABLE (?<table>\w+) \((?<columns>[^;]*)\);", options)]
    private static partial Regex TableText();

    [GeneratedRegex(@"^\s*(?<column>\w+) BYTEA", options | RegexOptions.Multiline)]
    private static partial Regex BytesText();

    [GeneratedRegex(@"ALTER TABLE (?<table>\w+) ADD COLUMN (?<column>\w+) BYTEA", options)]
    private static partial Regex AddedText();
}
