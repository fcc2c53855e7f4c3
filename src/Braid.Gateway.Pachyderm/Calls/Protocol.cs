using Braid.Protos.Admin;
using Braid.Protos.Auth;
using Braid.Protos.Enterprise;
using Braid.Protos.Logs;
using Braid.Protos.Metadata;
using Braid.Protos.Storage;
using Braid.Protos.Transaction;
using Braid.Protos.Version;
using Braid.Protos.Worker;
using Google.Protobuf.Reflection;

namespace Braid.Gateway.Pachyderm.Calls;

/// <summary>All services and calls that the protocol has, whether answered or not.</summary>
internal static class Protocol
{
    /// <summary>The files with the services whose messages are known.</summary>
    public static IReadOnlyList<FileDescriptor> Files { get; } =
    [
        Pfs.ApiReflection.Descriptor,
        Pps.ApiReflection.Descriptor,
        VersionReflection.Descriptor,
        AdminReflection.Descriptor,
        TransactionReflection.Descriptor,
        AuthReflection.Descriptor,
        EnterpriseReflection.Descriptor,
        WorkerReflection.Descriptor,
        FilesetReflection.Descriptor,
        LogsReflection.Descriptor,
        MetadataReflection.Descriptor,
    ];

    /// <summary>Services of which clients use little, and the names of their calls.</summary>
    private static readonly (string Service, string[] Calls)[] named =
    [
        ("storage.Fileset", ["ReadFilesetCDR"]),
        (
            "debug_v2.Debug",
            [
                "Profile",
                "Binary",
                "Dump",
                "SetLogLevel",
                "GetDumpV2Template",
                "DumpV2",
                "Trace",
                "RunPFSLoadTest",
                "RunPFSLoadTestDefault",
            ]
        ),
        (
            "license_v2.API",
            [
                "Activate",
                "GetActivationCode",
                "DeleteAll",
                "AddCluster",
                "DeleteCluster",
                "ListClusters",
                "UpdateCluster",
                "Heartbeat",
                "ListUserClusters",
            ]
        ),
        (
            "identity_v2.API",
            [
                "SetIdentityServerConfig",
                "GetIdentityServerConfig",
                "CreateIDPConnector",
                "UpdateIDPConnector",
                "ListIDPConnectors",
                "GetIDPConnector",
                "DeleteIDPConnector",
                "CreateOIDCClient",
                "UpdateOIDCClient",
                "GetOIDCClient",
                "ListOIDCClients",
                "DeleteOIDCClient",
                "DeleteAll",
            ]
        ),
        ("snapshot.API", ["CreateSnapshot", "DeleteSnapshot", "InspectSnapshot", "ListSnapshot"]),
        (
            "pjs.API",
            [
                "CreateJob",
                "CancelJob",
                "DeleteJob",
                "ListJob",
                "WalkJob",
                "InspectJob",
                "ProcessQueue",
                "ListQueue",
                "InspectQueue",
                "AwaitJob",
            ]
        ),
        ("proxy.API", ["Listen"]),
    ];

    /// <summary>Every call, by service and name.</summary>
    public static IEnumerable<(string Service, string Name)> Calls =>
        Files
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods.Select(method => (service.FullName, method.Name)))
            .Concat(named.SelectMany(service => service.Calls.Select(call => (service.Service, call))));
}
