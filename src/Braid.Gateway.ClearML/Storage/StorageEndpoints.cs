using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Storage;

/// <summary>The service <c>storage</c>: a workspace's credentials for buckets, which this server does not keep.</summary>
internal static class StorageEndpoints
{
    private const string why =
        "it keeps no credentials of buckets for its clients; each client has its own (sdk.aws.s3, sdk.google.storage, "
        + "sdk.azure.storage in clearml.conf)";

    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Refused("storage.set_settings", "2.31", why),
        Refused("storage.reset_settings", "2.31", why),
        Refused("storage.get_settings", "2.22", why),
    ];
}
