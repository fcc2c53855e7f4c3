using System.Text;
using Braid.Access;
using Braid.Data;
using Braid.Metadata;
using Braid.Metadata.Migrations;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Datums.Trees;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Storage.Trees;
using Braid.Testing;
using Braid.Tracking;

namespace Braid.Pipelines.Tests.Schema;

/// <summary>A database in which every datum of every job is a row.</summary>
public sealed class DatumTreeUpgradeTests
{
    private static readonly CommitSetId older = new(Hex32.Parse(new string('a', 32)));
    private static readonly CommitSetId job = new(Hex32.Parse(new string('b', 32)));
    private static readonly Sha256Hash processed = Sha256Hash.Of("processed"u8);
    private static readonly Sha256Hash skipped = Sha256Hash.Of("skipped"u8);

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Rows_of_an_ended_job_are_folded_into_its_tree(string store)
    {
        await using var old = await TestDatabase.OpenAsync(store, MigrationsUpTo(1));
        using var folder = new TempFolder();
        await using var content = await ContentStore.OpenAsync(
            new BlobAddress.Folder(folder.File("blobs")),
            TimeProvider.System,
            default
        );
        var output = await WriteAsync(content);
        await old.Database.WriteAsync(db => InsertAsync(db, state: 4, output), default);

        await using var database = await OpenAsync(old);
        await new DatumFolding(database, content).FoldAsync(1, default);

        var row = await database.ReadAsync(db => JobRows.FindAsync(db, 1), default);
        Assert.Equal((JobState.Success, false, 0L), (row?.JobState, row?.HasRows, row?.Remaining));
        var tree = new DatumTree(content, row!.Tree);
        var own = await tree.FindAsync(processed, default);
        Assert.Equal((DatumState.Success, job, "new"), (own?.State, own?.From, own?.Reason));
        Assert.Equal("/a", own?.Inputs[0].Path);
        Assert.Equal(output.Hash, (await tree.OutputAsync(processed, default))?.ContentHash);
        var taken = await tree.FindAsync(skipped, default);
        Assert.Equal((DatumState.Success, older), (taken?.State, taken?.From));
        Assert.Equal(1, await tree.CountAsync(DatumTree.Own, default));
        Assert.Equal(0, await database.ReadAsync(db => db.ScalarAsync<long>("SELECT COUNT(*) FROM datum"), default));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_job_that_ran_goes_on_with_what_remained(string store)
    {
        await using var old = await TestDatabase.OpenAsync(store, MigrationsUpTo(1));
        await old.Database.WriteAsync(db => InsertAsync(db, state: 2, TreeRoot.Empty, datumState: 0), default);

        await using var database = await OpenAsync(old);

        var row = await database.ReadAsync(db => JobRows.FindAsync(db, 1), default);
        Assert.Equal((JobState.Running, true, true, 1L), (row?.JobState, row?.Planned, row?.HasRows, row?.Remaining));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Jobs_are_to_be_planned_exactly_when_they_wait_for_no_input(string store)
    {
        await using var old = await TestDatabase.OpenAsync(store, MigrationsUpTo(5));
        await old.Database.WriteAsync(
            async db =>
            {
                await InsertVersionAsync(db);
                await InsertWaitingAsync(db, 1, new string('1', 32), state: 0, finished: true);
                await InsertWaitingAsync(db, 2, new string('2', 32), state: 1, finished: false);
            },
            default
        );

        await using var database = await OpenAsync(old);

        var jobs = await database.ReadAsync(JobRows.UnfinishedAsync, default);
        Assert.Equal([JobState.Starting, JobState.Created], jobs.Select(row => row.JobState));
    }

    private static IReadOnlyList<Migration> MigrationsUpTo(int number) =>
        [
            .. AccessSchema.Migrations,
            .. DataSchema.Migrations,
            .. TrackingSchema.Migrations,
            .. PipelinesSchema.Migrations.Where(migration => migration.Number <= number),
        ];

    private static Task<Database> OpenAsync(TestDatabase old) =>
        Database.OpenAsync(old.Address, MigrationsUpTo(int.MaxValue), TimeProvider.System, default);

    private static async Task<TreeRoot> WriteAsync(ContentStore content)
    {
        using var hold = content.Hold();
        var file = await hold.WriteAsync(Encoding.UTF8.GetBytes("x"), default);
        var root = (await hold.ApplyAsync(TreeRoot.Empty, [new TreeEdit.Put("/x", file)], default)).Value;
        return (await hold.SealAsync(root, default)).Value;
    }

    private static Task InsertVersionAsync(DbWrite db) =>
        db.ExecuteAsync(
            """
            INSERT INTO pipeline_version (project, name, version, spec_commit, spec, salt, made_at)
            VALUES ('default', 'p', 1, @job, '{}', 's', 0)
            """,
            new { job }
        );

    private static Task InsertJobAsync(DbWrite db, string id, long state) =>
        db.ExecuteAsync(
            """
            INSERT INTO job (set_id, project, pipeline, version, run_id, run_project, state, reason, restarts,
              created_at, started_at, processed, skipped, failed, recovered, total, download_time, process_time,
              upload_time, download_bytes, upload_bytes)
            VALUES (@id, 'default', 'p', 1, @id, @id, @state, '', 0, 0, 1, 1, 1, 0, 0, 2, 0, 0, 0, 0, 0)
            """,
            new { id, state }
        );

    private static async Task InsertWaitingAsync(DbWrite db, long job, string id, long state, bool finished)
    {
        await InsertJobAsync(db, id, state);
        await db.ExecuteAsync(
            """
            INSERT INTO job_input (job_id, leaf, repo, commit_id, finished)
            VALUES (@job, 0, 'default/images.user', @id, @finished)
            """,
            new
            {
                job,
                id,
                finished,
            }
        );
    }

    private static async Task InsertAsync(DbWrite db, long state, TreeRoot output, long datumState = 2)
    {
        await InsertVersionAsync(db);
        await InsertJobAsync(db, $"{job}", state);
        byte[] inputs = [1, 1, 0, 2, (byte)'/', (byte)'a', 0, .. Sha256Hash.Of("x"u8).Bytes, 1];
        const string insert = """
            INSERT INTO datum (job_id, id, key, state, reason, inputs, output, from_set, tries,
              download_time, process_time, upload_time, download_bytes, upload_bytes)
            VALUES (1, @id, @id, @state, 'new', @inputs, @output, @from, 1, 0, 0, 0, 0, 0)
            """;
        await db.ExecuteAsync(
            insert,
            new
            {
                id = processed,
                state = datumState,
                inputs,
                output = output.Hash,
                from = job,
            }
        );
        await db.ExecuteAsync(
            insert,
            new
            {
                id = skipped,
                state = 4L,
                inputs,
                output = (Sha256Hash?)null,
                from = older,
            }
        );
    }
}
