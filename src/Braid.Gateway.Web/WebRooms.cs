using Braid.Access.Credentials;
using Braid.Data;
using Braid.Gateway.Web.Keys;
using Braid.Metadata;
using Braid.Pipelines.Previews;
using Braid.Storage;
using Braid.Storage.Roots;
using Braid.Storage.Sweeping;
using Braid.Tracking.EventFiles;
using Braid.Tracking.Inputs;
using Braid.Tracking.Logs;
using Braid.Tracking.Models;
using Braid.Tracking.Projects;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using Braid.Workloads;

namespace Braid.Gateway.Web;

/// <summary>What the pages show comes from these rooms.</summary>
public sealed record WebRooms(
    Database Database,
    Authenticator Authenticator,
    Projects Projects,
    Tracking.Runs.Runs Runs,
    Series Series,
    Logs Logs,
    Inputs Inputs,
    Models Models,
    Sweeper Sweeper,
    VersionedData Data
)
{
    /// <summary>What people do with key pairs of their own.</summary>
    public required UserKeys Keys { get; init; }

    /// <summary>Where ClearML's clients are to go; known once all doors are open.</summary>
    public required Func<ClearMLPorts> ClearML { get; init; }

    public required ContentStore Content { get; init; }

    /// <summary>What runs are fed from.</summary>
    public required EventFiles EventFiles { get; init; }

    /// <summary>What a change would set going.</summary>
    public required PlanPreviews Plans { get; init; }

    /// <summary>What is to run on the machines, and where.</summary>
    public required WorkloadsHost Workloads { get; init; }

    /// <summary>What tells a program with these keys where the doors are; known once all doors are open.</summary>
    public required Func<KeyPair, IEnumerable<KeyValuePair<string, string>>> ProgramVariables { get; init; }

    /// <summary>What the queues are called whose runs shares place.</summary>
    public required Queues Queues { get; init; }

    /// <summary>Who keeps what of it.</summary>
    public required IStoredRoots Roots { get; init; }
}
