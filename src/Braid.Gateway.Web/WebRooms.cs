using Braid.Access.Audit;
using Braid.Access.Credentials;
using Braid.Access.Users;
using Braid.Data;
using Braid.Gateway.Web.Agents;
using Braid.Gateway.Web.Installations;
using Braid.Gateway.Web.Keys;
using Braid.Metadata;
using Braid.Pipelines;
using Braid.Pipelines.Previews;
using Braid.Pipelines.Secrets;
using Braid.Storage;
using Braid.Storage.Roots;
using Braid.Storage.Sweeping;
using Braid.Tracking.Artifacts;
using Braid.Tracking.EventFiles;
using Braid.Tracking.Inputs;
using Braid.Tracking.Logs;
using Braid.Tracking.Models;
using Braid.Tracking.Plots;
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

    /// <summary>The files that runs logged.</summary>
    public required Artifacts Artifacts { get; init; }

    public required ContentStore Content { get; init; }

    /// <summary>What runs are fed from.</summary>
    public required EventFiles EventFiles { get; init; }

    /// <summary>What a change would set going.</summary>
    public required PlanPreviews Plans { get; init; }

    /// <summary>What follows from data.</summary>
    public required PipelinesHost Pipelines { get; init; }

    /// <summary>What is to run on the machines, and where.</summary>
    public required WorkloadsHost Workloads { get; init; }

    /// <summary>What tells a program with these keys where the doors are; known once all doors are open.</summary>
    public required Func<KeyPair, IEnumerable<KeyValuePair<string, string>>> ProgramVariables { get; init; }

    /// <summary>Where what workloads leave goes; known once all doors are open.</summary>
    public required Func<AttemptOutputs> Outputs { get; init; }

    /// <summary>What the queues are called whose runs shares place.</summary>
    public required Queues Queues { get; init; }

    /// <summary>Plots and debug samples.</summary>
    public required Plots Plots { get; init; }

    /// <summary>Who keeps what of it.</summary>
    public required IStoredRoots Roots { get; init; }

    /// <summary>The order in which queues hand out what waits.</summary>
    public required WaitingRuns Waiting { get; init; }

    /// <summary>Names of models, their versions and aliases.</summary>
    public required Registry Registry { get; init; }

    /// <summary>Who uses the server.</summary>
    public required Users Users { get; init; }

    /// <summary>Who changed what.</summary>
    public required AuditLog Audit { get; init; }

    /// <summary>What pipelines hand to their programs; of it, names.</summary>
    public required SecretCatalog Secrets { get; init; }

    /// <summary>What the server was started with.</summary>
    public required Installation Installation { get; init; }

    /// <summary>Says what time it is.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
