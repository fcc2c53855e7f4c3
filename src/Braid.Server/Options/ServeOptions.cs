using System.Net;
using Braid.Data.Remote;
using Braid.Metadata;
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

    /// <summary>What URLs in requests reach.</summary>
    public RemoteRules Remote => new() { Folders = Expose, AllowsPrivate = PrivateUrls || IPAddress.IsLoopback(Bind) };

    /// <summary>URLs of private networks may be read although others than this machine's users can call.</summary>
    public required bool PrivateUrls { get; init; }

    /// <summary>Demand credentials even on loopback.</summary>
    public required bool Auth { get; init; }

    /// <summary>Callers without credentials are administrators: only on loopback, and only unless told otherwise.</summary>
    public bool IsOpen => IPAddress.IsLoopback(Bind) && !Auth;
}

/// <summary>A TCP port for each protocol; 0 takes a free one.</summary>
internal sealed record DoorPorts(int Pachyderm, int ClearML, int Files, int MLflow, int S3, int Web);
