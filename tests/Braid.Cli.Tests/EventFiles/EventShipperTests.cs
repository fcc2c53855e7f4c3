using Braid.Cli.Connection.Tracking;
using Braid.Cli.EventFiles;
using Braid.TensorBoard.Logs;
using Braid.TensorBoard.Writing;
using Braid.Testing;

namespace Braid.Cli.Tests.EventFiles;

/// <summary>Event files that are followed while they grow.</summary>
public sealed class EventShipperTests : IAsyncLifetime
{
    private const string run = "00000000000000000000000000000001";

    private readonly TempFolder folder = new();
    private TrackingFake server = null!; // set before each test

    public async Task InitializeAsync() => server = await TrackingFake.StartAsync();

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task What_is_written_arrives_as_it_is_written()
    {
        using var client = new TrackingClient(server.Address);
        var shipper = new EventShipper(client, folder.Path, run);
        using var writer = EventFileWriter.Create(folder.File("train"), TimeProvider.System);
        for (var step = 0; step < 20; step++)
        {
            writer.AddScalar("loss", step, step);
            writer.Flush();
            await ShipAsync(shipper);
            Assert.True(IsAllThere());
        }

        using var second = EventFileWriter.Create(folder.File("validation"), TimeProvider.System);
        await ShipAsync(shipper);
        Assert.True(IsAllThere());
        Assert.Equal(2, server.PathsOf(run).Count());
    }

    [Fact]
    public async Task A_server_that_was_away_is_asked_how_far_it_is_when_it_is_back()
    {
        using var client = new TrackingClient(server.Address);
        var shipper = new EventShipper(client, folder.Path, run);
        using var writer = EventFileWriter.Create(folder.Path, TimeProvider.System);
        await ShipAsync(shipper);
        writer.AddScalar("loss", 1, 1);
        writer.Flush();
        server.Away = 1;
        await Assert.ThrowsAsync<ServerAwayException>(() => ShipAsync(shipper));
        server.Forget(run);
        await ShipAsync(shipper);
        Assert.True(IsAllThere());
    }

    [Fact]
    public async Task What_the_server_did_not_take_is_sent_again_when_there_is_more()
    {
        using var client = new TrackingClient(server.Address);
        var shipper = new EventShipper(client, folder.Path, run);
        using var writer = EventFileWriter.Create(folder.Path, TimeProvider.System);
        server.MostAtOnce = 45;
        await ShipAsync(shipper);
        writer.AddScalar("loss", 1, 1);
        writer.Flush();
        server.MostAtOnce = int.MaxValue;
        await ShipAsync(shipper);
        Assert.True(IsAllThere());
    }

    [Fact]
    public async Task Another_file_of_the_same_name_is_sent_from_its_start()
    {
        using var client = new TrackingClient(server.Address);
        var shipper = new EventShipper(client, folder.Path, run);
        var path = folder.File("events.out.tfevents.1.host");
        foreach (var (first, length) in ((byte, int)[])[(1, 500), (2, 400), (3, 600)])
        {
            File.WriteAllBytes(path, [.. Enumerable.Repeat(first, length)]);
            await ShipAsync(shipper);
            Assert.True(IsAllThere());
        }
    }

    [Fact]
    public async Task Files_that_do_not_change_are_not_sent_again()
    {
        using var client = new TrackingClient(server.Address);
        var shipper = new EventShipper(client, folder.Path, run);
        using var writer = EventFileWriter.Create(folder.Path, TimeProvider.System);
        await ShipAsync(shipper);
        await ShipAsync(shipper);
        Assert.Equal(1, server.Puts);
    }

    [Fact]
    public async Task A_file_that_is_refused_is_told_once_and_the_files_after_it_are_sent()
    {
        using var client = new TrackingClient(server.Address);
        var told = new List<string>();
        var shipper = new EventShipper(client, folder.Path, run) { OnRefused = told.Add };
        var refused = folder.File("events.out.tfevents.1.refused");
        File.WriteAllBytes(refused, [1, 2, 3]);
        File.WriteAllBytes(folder.File("events.out.tfevents.2.good"), [4, 5, 6]);
        server.Refused = "refused";

        await ShipAsync(shipper);
        await ShipAsync(shipper);

        Assert.Equal(2, server.Puts);
        Assert.Equal(["events.out.tfevents.2.good"], server.PathsOf(run));
        File.AppendAllText(refused, "more");
        await ShipAsync(shipper);
        Assert.Equal(3, server.Puts);
        Assert.Contains("400 no such name", Assert.Single(told));

        server.Refused = null;
        File.AppendAllText(refused, "and more");
        await ShipAsync(shipper);
        Assert.True(IsAllThere());
    }

    private Task ShipAsync(EventShipper shipper) => shipper.ShipAsync(LogDirectory.Find(folder.Path), default);

    private bool IsAllThere() =>
        Directory
            .EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)
            .All(file => server.BytesOf(run, Path.GetRelativePath(folder.Path, file)).SequenceEqual(Read(file)));

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
