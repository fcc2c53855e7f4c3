using Braid.Metadata.Changes;
using Braid.Primitives;
using Braid.Scheduling;
using Braid.Server.Doors;
using Braid.Server.Folder;
using Braid.Server.Options;
using Braid.Server.Sweeping;
using Microsoft.Extensions.Logging;

namespace Braid.Server;

/// <summary>
/// A running server: 1 open the stores; 2 put the rooms together; 3 make sure of the administrator; 4 open the doors; 5
/// start the loops, which need to tell jobs where the doors are. It is taken apart in the opposite order, loops first.
/// </summary>
internal sealed partial class BraidServer : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> parts = new();

    private BraidServer() { }

    /// <summary>Where each door listens, by the protocol's name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Urls { get; private set; } = [];

    public static async Task<BraidServer> StartAsync(ServeOptions options, CancellationToken ct)
    {
        var server = new BraidServer();
        try
        {
            await server.OpenAsync(options, ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!parts.TryPop(out var part))
        {
            return;
        }

        // What one part cannot finish must not keep the others open.
        try
        {
            await part.DisposeAsync();
        }
        finally
        {
            await DisposeAsync();
        }
    }

    private async Task OpenAsync(ServeOptions options, CancellationToken ct)
    {
        var clock = TimeProvider.System;
        var logs = new StandardErrorLog(clock);
        // 1
        var stores = await Stores.OpenAsync(options, clock, IdSource.System, ct);
        parts.Push(stores);
        // 2
        var rooms = new Rooms(stores, options);
        await rooms.Data.EnsureDefaultProjectAsync(ct);
        await rooms.Queues.EnsureDefaultAsync(ct);
        // 3
        await AdministratorFile.EnsureAsync(options.Data, stores.Authenticator, Environment.GetEnvironmentVariable, ct);
        // 4
        var plans = new DoorPlans(options, stores, rooms, AddressOf);
        var doors = await Task.WhenAll(plans.All().Select(plan => OpenDoorAsync(plan, logs, ct)));
        Urls = [.. doors.Select(door => KeyValuePair.Create(door.Name, door.Url(options.Bind)))];
        // 5
        var log = logs.CreateLogger("loops");
        void Failed(string loop, Exception error) => StepFailed(log, loop, error);
        var loops = new LoopGroup(stores.Database, clock, Failed);
        parts.Push(loops);
        DataLoops.Start(loops, rooms.Data);
        SweepLoops.Start(loops, rooms);
        loops.Start("uses of keys", stores.Authenticator.Uses.StepAsync, TimeSpan.FromMinutes(1));
        loops.Start("refused sign-ins", stores.Authenticator.SignIns.StepAsync, TimeSpan.FromMinutes(1));
        loops.Start("old lines of the audit log", rooms.Audit.StepAsync, TimeSpan.FromHours(1));
        DatasetLoops.Start(loops, stores, rooms, plans.ClearMLRooms());
        loops.Start(
            "small batches of points",
            stop =>
                rooms.SeriesFolds.StepAsync(batch => SetAside(log, batch.Sequence, batch.RunId, batch.Damage), stop),
            TimeSpan.FromSeconds(1)
        );
        loops.Start("queue history", rooms.QueueHistory.StepAsync, TimeSpan.FromMinutes(1));
        loops.Start("lost workers", rooms.LostWorkers.StepAsync, TimeSpan.FromSeconds(5));
        loops.Start("silent runs", rooms.SilentRuns.StepAsync, TimeSpan.FromMinutes(5));
        parts.Push(rooms.Pipelines);
        parts.Push(rooms.Workloads);
        await rooms.Workloads.StartAsync(Scheduler.Decide, Failed, ct);
        await JobStart.RunAsync(options, stores, rooms, Urls.ToDictionary(), logs, Failed, parts.Push, clock, ct);
    }

    private Uri? AddressOf(string door) =>
        Urls.FirstOrDefault(entry => entry.Key == door).Value is { } url ? new(url) : null;

    private async Task<DoorHost> OpenDoorAsync(DoorPlan plan, ILoggerProvider logs, CancellationToken ct)
    {
        var door = await DoorHost.StartAsync(plan, logs, ct);
        lock (parts)
        {
            parts.Push(door);
        }

        return door;
    }

    [LoggerMessage(
        LogLevel.Error,
        "Points that run {Run} logged are lost: {Damage}. They stay in row {Sequence} of series_inbox; restore it from a backup, or remove the run"
    )]
    private static partial void SetAside(ILogger log, long sequence, RunId run, string damage);

    [LoggerMessage(LogLevel.Error, "A step of the loop '{Loop}' failed; it is tried again")]
    private static partial void StepFailed(ILogger log, string loop, Exception error);
}
