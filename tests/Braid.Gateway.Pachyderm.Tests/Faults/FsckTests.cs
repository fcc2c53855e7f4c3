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

    private Task<List<Pfs.FsckResponse>> FsckAsync(Pfs.FsckRequest request) =>
        Client.ListAsync<Pfs.FsckRequest, Pfs.FsckResponse>("Fsck", request);

    private Task<Pfs.CheckStorageResponse> CheckAsync(Pfs.CheckStorageRequest request) =>
        Client.SendAsync<Pfs.CheckStorageRequest, Pfs.CheckStorageResponse>("pfs_v2.API", "CheckStorage", request);
}
