using Braid.Access.Credentials;
using Braid.Primitives;

namespace Braid.Gateway.ClearML;

/// <summary>What lies behind this door.</summary>
public sealed record ClearMLRooms
{
    public required Authenticator Access { get; init; }
    public required Access.Users.Users Users { get; init; }
    public required UserKeys Keys { get; init; }
    public required Tracking.Projects.Projects Projects { get; init; }
    public required Tracking.Runs.Runs Runs { get; init; }
    public required Tracking.Queues.Queues Queues { get; init; }
    public required Tracking.Queues.WaitingRuns Waiting { get; init; }
    public required Workloads.Queued.QueueDesk QueueDesk { get; init; }
    public required Tracking.Queues.QueueHistory QueueHistory { get; init; }
    public required Tracking.Workers.Workers Workers { get; init; }
    public required Tracking.Workers.WorkerHistory WorkerHistory { get; init; }
    public required Tracking.Workers.SignsOfLife Signs { get; init; }
    public required Tracking.UsedWords Words { get; init; }
    public required Tracking.Models.Models Models { get; init; }
    public required Tracking.Series.Series Series { get; init; }
    public required Tracking.Plots.Plots Plots { get; init; }
    public required Tracking.Logs.Logs Logs { get; init; }
    public required Tracking.Artifacts.Artifacts Artifacts { get; init; }
    public required IdSource Ids { get; init; }
    public required TimeProvider Clock { get; init; }
}
