using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Routing;

/// <summary>How much of an endpoint there is.</summary>
internal enum Support
{
    Works,
    Partly,

    /// <summary>Not meant to be there; the reason is part of the answer and of docs/protocols/clearml.md.</summary>
    Refused,
}

/// <summary>Answers a call with the reply's <c>data</c>.</summary>
internal delegate Task<Result<JsonObject>> EndpointHandler(ApiCall call, CancellationToken ct);

/// <summary>One row of the endpoint table: a name, the versions at which its contract changed, and who answers it.</summary>
internal sealed record Endpoint(
    string Name,
    IReadOnlyList<ApiVersion> Versions,
    Support Support,
    EndpointHandler Handler
)
{
    /// <summary>False for what may be asked without credentials.</summary>
    public bool NeedsCaller { get; private init; } = true;

    /// <summary>False for sessions: they are of who sent the credentials, whomever the request speaks for.</summary>
    public bool MayBeForOthers { get; private init; } = true;

    /// <summary>True when the body is JSON lines, one object each.</summary>
    public bool IsBatch { get; private init; }

    /// <param name="versions">Oldest first, separated by blanks.</param>
    public static Endpoint Works(string name, string versions, EndpointHandler handler) =>
        new(name, Split(versions), Support.Works, handler);

    /// <summary>What is missing is said in docs/protocols/clearml.md.</summary>
    public static Endpoint Partly(string name, string versions, EndpointHandler handler) =>
        new(name, Split(versions), Support.Partly, handler);

    /// <param name="why">Completes "... is refused on this server: ".</param>
    public static Endpoint Refused(string name, string versions, string why) =>
        new(
            name,
            Split(versions),
            Support.Refused,
            (_, _) => Task.FromResult<Result<JsonObject>>(Errors.Refused(name, why))
        );

    public Endpoint ForAnybody() => this with { NeedsCaller = false };

    public Endpoint ForSender() => this with { MayBeForOthers = false };

    public Endpoint InBatches() => this with { IsBatch = true };

    /// <summary>The contract that a client of version <paramref name="requested"/> gets; null when it is older than all.</summary>
    public ApiVersion? VersionFor(ApiVersion requested) =>
        Versions.Where(version => version.CompareTo(requested) <= 0).Cast<ApiVersion?>().Max();

    private static ApiVersion[] Split(string versions) => [.. versions.Split(' ').Select(ApiVersion.Parse)];
}
