using Braid.Compute.Processes;
using Braid.Compute.Sandboxes;
using Braid.Gateway.Web.Events;
using Braid.Pipelines.Workers;
using Braid.Pipelines.Workers.Events;
using Braid.Server.Agents;
using Braid.Server.Doors;
using Braid.Server.Options;
using Microsoft.Extensions.Logging;

namespace Braid.Server;

/// <summary>Finds the sandbox and starts the loops that run jobs, and this machine's agent. Without a sandbox the server serves, and says why jobs wait.</summary>
internal static partial class JobStart
{
    public static async Task RunAsync(
        ServeOptions options,
        Stores stores,
        Rooms rooms,
        IReadOnlyDictionary<string, string> urls,
        ILoggerProvider logs,
        Action<string, Exception> failed,
        Action<IAsyncDisposable> keep,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var sandbox = new SandboxOptions
        {
            ExtraMounts = [.. options.Expose.Select(folder => new Mount(folder, folder, Writable: false))],
        };
        var executor = await ProcessExecutor.DetectAsync(sandbox, clock);
        if (!executor.IsOk)
        {
            JobsCannotRun(logs.CreateLogger("jobs"), executor.Error.Message);
            return;
        }

        await rooms.Pipelines.StartAsync(
            executor.Value,
            EndpointsOf(urls),
            new()
            {
                ScratchFolder = Path.Combine(options.Data, "scratch"),
                OpenDoor = (desk, stop) => WorkerDoors.OpenAsync(desk, logs, clock, stop),
                Events = EventsOf(rooms, urls),
                Gangs = new WorkloadGangs(rooms.Workloads.Parts, Environment.MachineName),
                Seats = new WorkloadSeats(rooms.Workloads.Parts, rooms.Workloads.Seats, Environment.MachineName),
                OpenBuckets = (buckets, stop) => WorkerDoors.OpenBucketsAsync(buckets, stores, rooms, logs, stop),
            },
            failed,
            ct
        );
        var agent = await EmbeddedAgent.StartAsync(
            options,
            stores,
            rooms,
            executor.Value,
            door => urls[door],
            logs.CreateLogger("agent"),
            ct
        );
        if (agent.IsOk)
        {
            keep(agent.Value);
        }
        else
        {
            SubmittedWorkCannotRun(logs.CreateLogger("agent"), agent.Error.Message);
        }
    }

    /// <summary>What programs write for TensorBoard becomes part of their job's run.</summary>
    private static EventReading EventsOf(Rooms rooms, IReadOnlyDictionary<string, string> urls)
    {
        var events = new ProgramEvents(rooms.EventFiles, urls[DoorPlans.Files]);
        return new(
            ProgramEvents.IsEventFile,
            (part, stop) => events.TakeAsync(part.Caller, part.Run, part.Path, part.Offset, part.Rest, stop)
        );
    }

    private static DoorEndpoints EndpointsOf(IReadOnlyDictionary<string, string> urls)
    {
        var pachyderm = new Uri(urls[DoorPlans.Pachyderm]);
        return new()
        {
            PachydermHost = pachyderm.Host,
            PachydermPort = pachyderm.Port,
            ClearMLApi = urls[DoorPlans.ClearML],
            ClearMLFiles = urls[DoorPlans.Files],
            ClearMLWeb = urls[DoorPlans.Web],
            MLflow = urls[DoorPlans.MLflow],
        };
    }

    [LoggerMessage(LogLevel.Error, "Jobs cannot run on this machine: {Reason}")]
    private static partial void JobsCannotRun(ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "Submitted work cannot run on this machine: {Reason}")]
    private static partial void SubmittedWorkCannotRun(ILogger log, string reason);
}
