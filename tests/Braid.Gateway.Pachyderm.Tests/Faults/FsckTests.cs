using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using Braid.Testing;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Faults;

public sealed class FsckTests : DoorTests
{
    [Fact]
    public async Task A_sound_server_answers_nothing()
    {
        await Client.CreateRepoAsync("r");
        await Client.PutAsync(Head("r"), ("/a", "x"));

        Assert.Empty(await FsckAsync(new() { ZombieAll = true }));
    }

    [Fact]
    public async Task A_problem_is_a_line_and_is_put_right_when_asked()
    {
        await Client.CreateRepoAsync("r");
        await Client.PutAsync(Head("r"), ("/a", "x"));
        await Server.Database.WriteAsync(db => db.ExecuteAsync("UPDATE data_commit SET generation = 5"), default);

        Assert.Contains("number 5", Assert.Single(await FsckAsync(new())).Error, StringComparison.Ordinal);
        Assert.NotEmpty(Assert.Single(await FsckAsync(new() { Fix = true })).Fix);
        Assert.Empty(await FsckAsync(new()));
    }

    [Fact]
    public async Task Storage_is_counted_and_damage_in_it_is_found_where_it_was_asked_for()
    {
        await Client.CreateRepoAsync("r");
        await Client.PutAsync(Head("r"), ("/a", "these bytes rot"));
        var check = new Pfs.CheckStorageRequest { ReadChunkData = true };
        var count = (await CheckAsync(check)).ChunkObjectCount;
        Assert.True(count >= 2);

        Damage.Flip(Server.Packs, "these bytes rot"u8);

        Assert.Equal(GrpcCode.DataLoss, (await RefusalAsync(() => CheckAsync(check))).Code);
        Assert.Equal(count, (await CheckAsync(new())).ChunkObjectCount);
    }

    [Fact]
    public async Task Output_that_no_datum_wrote_and_output_that_is_gone_are_found_in_the_commit_that_was_named()
    {
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "x"));
        await CopyAsync("edges");
        await CopyAsync("others");
        await Client.CreateRepoAsync("strange");
        await Client.PutAsync(Head("strange"), ("/images/zombie", "x"));
        Assert.Empty(await FsckAsync(new() { ZombieAll = true }));

        await Server.Database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    """
                    UPDATE data_commit
                    SET root = (SELECT c.root FROM data_commit c JOIN repo r ON r.id = c.repo_id WHERE r.name = 'strange')
                    WHERE repo_id = (SELECT id FROM repo WHERE name = 'edges' AND type = 'user')
                    """
                ),
            default
        );

        var edges = (await Client.InspectCommitAsync(Head("edges"))).Commit;
        var others = (await Client.InspectCommitAsync(Head("others"))).Commit;
        string[] found = [.. (await FsckAsync(new() { ZombieTarget = edges })).Select(line => line.Error)];
        Assert.Collection(
            found.Order(StringComparer.Ordinal),
            lost => Assert.Contains("/images/a: a datum of its job wrote it, and it is not there", lost),
            zombie => Assert.Contains("/images/zombie: no datum of its job wrote it", zombie)
        );
        Assert.Empty(await FsckAsync(new() { ZombieTarget = others }));
        Assert.Equal(2, (await FsckAsync(new() { ZombieAll = true })).Count);
    }

    /// <summary>A pipeline that copies its input, and its job, of which nothing is left to do.</summary>
    private async Task CopyAsync(string name)
    {
        await Client.SendAsync<Pps.CreatePipelineRequest, Empty>(
            "pps_v2.API",
            "CreatePipeline",
            new()
            {
                Pipeline = new() { Name = name },
                Transform = new() { Cmd = { "cp", "-r", "/pfs/images", "/pfs/out/" } },
                Input = new()
                {
                    Pfs = new() { Repo = "images", Glob = "/*" },
                },
            }
        );
        await Eventually.IsTrueAsync(
            () =>
                Server.Database.ReadAsync(
                    async db => await db.ScalarAsync<long>("SELECT count(*) FROM job WHERE has_rows OR state < 5") == 0,
                    default
                ),
            "every job has ended and has no rows"
        );
    }

    private Task<List<Pfs.FsckResponse>> FsckAsync(Pfs.FsckRequest request) =>
        Client.ListAsync<Pfs.FsckRequest, Pfs.FsckResponse>("Fsck", request);

    private Task<Pfs.CheckStorageResponse> CheckAsync(Pfs.CheckStorageRequest request) =>
        Client.SendAsync<Pfs.CheckStorageRequest, Pfs.CheckStorageResponse>("pfs_v2.API", "CheckStorage", request);
}
