using Braid.Cli.Connection;
using Braid.Cli.EventFiles;
using Braid.TensorBoard.Writing;
using Braid.Testing;

namespace Braid.Cli.Tests.EventFiles;

/// <summary>Event files that are followed while they grow.</summary>
public sealed class EventShipperTests : IAsyncLifetime
{
    private const string run = "00000000000000000000000000000001";
    private static readonly TimeSpan every = TimeSpan.FromMilliseconds(5);

    private readonly TempFolder folder = new();
    private TrackingFake server = null!; // set before each test

    public async Task InitializeAsync() => server = await TrackingFake.StartAsync();

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task What_is_written_arrives_while_it_is_written_and_all_of_it_at_the_end()
    {
        using var client = new TrackingClient(server.Address);
        var shipper = new EventShipper(client, folder.Path, run, TimeProvider.System);
        var ended = new TaskCompletionSource();
        var shipping = shipper.RunAsync(every, ended.Task, default);
        using var writer = EventFileWriter.Create(folder.File("train"), TimeProvider.System);
        await ArrivesAsync(shipping);
        for (var step = 0; step < 20; step++)
        {
            writer.AddScalar("loss", step, step);
            writer.Flush();
            await ArrivesAsync(shipping);
        }

        using var second = EventFileWriter.Create(folder.File("validation"), TimeProvider.System);
        ended.SetResult();
        await shipping;
        Assert.True(IsAllThere());
        Assert.Equal(2, server.PathsOf(run).Count());
    }

    [Fact]
    public async Task A_server_that_is_away_gets_everything_when_it_is_back()
    {
        using var client = new TrackingClient(server.Address);
        var told = 0;
        var shipper = new EventShipper(client, folder.Path, run, TimeProvider.System)
        {
            OnAway = _ => Interlocked.Increment(ref told),
        };
        using var writer = EventFileWriter.Create(folder.Path, TimeProvider.System);
        writer.AddScalar("loss", 1, 1);
        writer.Flush();
        server.Away = 3;
        await shipper.RunAsync(every, Task.CompletedTask, default);
        Assert.Equal(3, told);
        Assert.True(IsAllThere());
    }

    [Fact]
    public async Task What_the_server_did_not_take_is_sent_again_when_there_is_more()
    {
        using var client = new TrackingClient(server.Address);
        var shipper = new EventShipper(client, folder.Path, run, TimeProvider.System);
        using var writer = EventFileWriter.Create(folder.Path, TimeProvider.System);
        server.MostAtOnce = 45;
        await shipper.RunAsync(every, Task.CompletedTask, default);
        writer.AddScalar("loss", 1, 1);
        writer.Flush();
        server.MostAtOnce = int.MaxValue;
        await shipper.RunAsync(every, Task.CompletedTask, default);
        Assert.True(IsAllThere());
    }

    [Fact]
    public async Task Another_file_of_the_same_name_is_sent_from_its_start()
    {
        using var client = new TrackingClient(server.Address);
        var shipper = new EventShipper(client, folder.Path, run, TimeProvider.System);
        var path = folder.File("events.out.tfevents.1.host");
        foreach (var (first, length) in ((byte, int)[])[(1, 500), (2, 400), (3, 600)])
        {
            File.WriteAllBytes(path, [.. Enumerable.Repeat(first, length)]);
            await shipper.RunAsync(every, Task.CompletedTask, default);
            Assert.True(IsAllThere());
        }
    }

    [Fact]
    public async Task Files_that_do_not_change_are_not_sent_again()
    {
        using var client = new TrackingClient(server.Address);
        var shipper = new EventShipper(client, folder.Path, run, TimeProvider.System);
        using var writer = EventFileWriter.Create(folder.Path, TimeProvider.System);
        await shipper.RunAsync(every, Task.CompletedTask, default);
        await shipper.RunAsync(every, Task.CompletedTask, default);
        Assert.Equal(1, server.Puts);
    }

    [Fact]
    public async Task A_file_that_is_refused_is_told_once_and_the_files_after_it_are_sent()
    {
        using var client = new TrackingClient(server.Address);
        var told = new List<string>();
        var shipper = new EventShipper(client, folder.Path, run, TimeProvider.System) { OnRefused = told.Add };
        var refused = folder.File("events.out.tfevents.1.refused");
        File.WriteAllBytes(refused, [1, 2, 3]);
        File.WriteAllBytes(folder.File("events.out.tfevents.2.good"), [4, 5, 6]);
        server.Refused = "refused";

        await shipper.RunAsync(every, Task.CompletedTask, default);
        await shipper.RunAsync(every, Task.CompletedTask, default);

        Assert.Equal(2, server.Puts);
        Assert.Equal(["events.out.tfevents.2.good"], server.PathsOf(run));
        File.AppendAllText(refused, "more");
        await shipper.RunAsync(every, Task.CompletedTask, default);
        Assert.Equal(3, server.Puts);
        Assert.Contains("400 no such name", Assert.Single(told));

        server.Refused = null;
        File.AppendAllText(refused, "and more");
        await shipper.RunAsync(every, Task.CompletedTask, default);
        Assert.True(IsAllThere());
    }

    /// <summary>Whatever ends the shipping ends the test.</summary>
    private async Task ArrivesAsync(Task shipping) =>
        await await Task.WhenAny(
            shipping,
            Eventually.IsTrueAsync(
                () => Task.FromResult(IsAllThere()),
                "everything has arrived",
                TimeSpan.FromSeconds(30)
            )
        );

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
