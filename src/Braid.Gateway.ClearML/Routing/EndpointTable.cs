using System.Collections.Frozen;
using Braid.Gateway.ClearML.Auth;
using Braid.Gateway.ClearML.Events;
using Braid.Gateway.ClearML.Login;
using Braid.Gateway.ClearML.Models;
using Braid.Gateway.ClearML.Organization;
using Braid.Gateway.ClearML.Pipelines;
using Braid.Gateway.ClearML.Projects;
using Braid.Gateway.ClearML.Queues;
using Braid.Gateway.ClearML.Reports;
using Braid.Gateway.ClearML.Server;
using Braid.Gateway.ClearML.Serving;
using Braid.Gateway.ClearML.Storage;
using Braid.Gateway.ClearML.Tasks;
using Braid.Gateway.ClearML.Users;
using Braid.Gateway.ClearML.Workers;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Routing;

/// <summary>An endpoint, and the versions of its contract that were asked for and are answered.</summary>
internal sealed record Route(Endpoint Endpoint, ApiVersion Requested, ApiVersion Actual);

/// <summary>Every endpoint of the protocol, answered or refused: the one source of what this door knows.</summary>
internal sealed class EndpointTable
{
    private readonly FrozenDictionary<string, Endpoint> byName;

    private EndpointTable(IReadOnlyList<Endpoint> all) =>
        byName = all.ToFrozenDictionary(endpoint => endpoint.Name, StringComparer.Ordinal);

    public static EndpointTable Instance { get; } =
        new([
            .. AuthEndpoints.All,
            .. EventEndpoints.All,
            .. LoginEndpoints.All,
            .. ModelEndpoints.All,
            .. OrganizationEndpoints.All,
            .. PipelineEndpoints.All,
            .. ProjectEndpoints.All,
            .. QueueEndpoints.All,
            .. ReportEndpoints.All,
            .. ServerEndpoints.All,
            .. ServingEndpoints.All,
            .. StorageEndpoints.All,
            .. TaskEndpoints.All,
            .. UserEndpoints.All,
            .. WorkerEndpoints.All,
        ]);

    public IReadOnlyCollection<Endpoint> All => byName.Values;

    public Result<Route> Find(EndpointPath path) =>
        byName.TryGetValue(path.Name, out var endpoint) && endpoint.VersionFor(path.Requested) is { } actual
            ? new Route(endpoint, path.Requested, actual)
            : Errors.UnknownEndpoint(path.Name, path.Requested.ToString());
}
