using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using Braid.Testing;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Faults;

/// <summary>What a caller hears when a disk loses or refuses bytes.</summary>
public sealed class FaultTests : DoorTests
{
    [Fact]
    public async Task Damaged_bytes_are_not_served_and_the_rest_is()
    {
        await Client.CreateRepoAsync("r");
        await Client.PutAsync(Head("r"), ("/bad", "these bytes rot"), ("/good", "these do not"));
        Damage.Flip(Server.Packs, "these bytes rot"u8);

        var refusal = await RefusalAsync(() => Client.TextAsync(Head("r"), "/bad"));

        Assert.Equal(GrpcCode.DataLoss, refusal.Code);
        Assert.Contains("braid scrub", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("these do not", await Client.TextAsync(Head("r"), "/good"));
    }

    [Fact]
    public async Task A_full_disk_is_said_and_calls_work_again_when_there_is_space()
    {
        await Client.CreateRepoAsync("r");
        await LimitAsync(pages: 1);
        var refusal = await RefusalAsync(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                await Client.PutAsync(Head("r"), ($"/{i}", "x"));
            }
        });
        Assert.Equal(GrpcCode.ResourceExhausted, refusal.Code);
        Assert.StartsWith(
            "no space left on the disk of the metadata database",
            refusal.Message,
            StringComparison.Ordinal
        );

        await LimitAsync(pages: 1_000_000);
        await Client.PutAsync(Head("r"), ("/after", "y"));
        Assert.Equal("y", await Client.TextAsync(Head("r"), "/after"));
    }

    // A limit below what there is already stops growing where it is.
    private Task LimitAsync(int pages) =>
        Server.Database.WriteAsync(db => db.ExecuteAsync($"PRAGMA max_page_count = {pages}"), default);
}
