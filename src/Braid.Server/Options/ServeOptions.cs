using System.Net;
using Braid.Data.Remote;
using Braid.Gateway.Web.Installations;
using Braid.Metadata;
using Braid.Server.Agents;
using Braid.Storage.Blobs;

namespace Braid.Server.Options;

/// <summary>What <c>serve</c> was told, checked as a whole.</summary>
internal sealed record ServeOptions
{
    /// <summary>The folder that holds everything the server keeps on this machine.</summary>
    public required string Data { get; init; }

    public required IPAddress Bind { get; init; }

    public required DoorPorts Ports { get; init; }

    public required DatabaseAddress Database { get; init; }

    public required BlobAddress Blobs { get; init; }

    /// <summary>Folders that jobs may read, at their own paths, beside the system's own.</summary>
    public required IReadOnlyList<string> Expose { get; init; }

    /// <summary>The time between two sweeps that nobody asked for.</summary>
    public required TimeSpan ReclaimEvery { get; init; }

    /// <summary>For how long the audit log keeps its lines.</summary>
    public TimeSpan AuditFor { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The names of ClearML's queues of which this machine's agent takes runs.</summary>
    public IReadOnlyList<string> AgentQueues { get; init; } = [];

    /// <summary>What URLs in requests reach.</summary>
    public RemoteRules Remote => new() { Folders = Expose, AllowsPrivate = PrivateUrls || IPAddress.IsLoopback(Bind) };

    /// <summary>URLs of private networks may be read although others than this machine's users can call.</summary>
    public required bool PrivateUrls { get; init; }

    /// <summary>What this machine's agent runs submitted work with.</summary>
    public required ExecutorChoice Executor { get; init; }

    /// <summary>Demand credentials even on loopback.</summary>
    public required bool Auth { get; init; }

    /// <summary>All of these as they were given, for people.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>Callers without credentials are administrators: only on loopback, and only unless told otherwise.</summary>
    public bool IsOpen => IPAddress.IsLoopback(Bind) && !Auth;
}

/// <summary>A TCP port for each protocol; 0 takes a free one.</summary>
internal sealed record DoorPorts(int Pachyderm, int ClearML, int Files, int MLflow, int S3, int Web);
