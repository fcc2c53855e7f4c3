using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Braid.Cli.CommandLine;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads;

/// <summary>The web door's calls about shares, nodes and workloads.</summary>
internal static class WorkloadCalls
{
    public static async Task<ShareListRecord> SharesAsync(Invocation call, CancellationToken ct) =>
        Read(await call.Web.CallAsync(HttpMethod.Get, "api/shares", ct), WorkloadRecordsJson.Default.ShareListRecord);

    public static async Task<NodeListRecord> NodesAsync(Invocation call, CancellationToken ct) =>
        Read(await call.Web.CallAsync(HttpMethod.Get, "api/nodes", ct), WorkloadRecordsJson.Default.NodeListRecord);

    /// <param name="which">A name, an id, or the beginning of one.</param>
    /// <param name="project">Where names are looked for.</param>
    public static async Task<WorkloadRecord> WorkloadAsync(
        Invocation call,
        string which,
        string project,
        CancellationToken ct
    ) =>
        Read(
            await call.Web.CallAsync(HttpMethod.Get, $"{PathOf(which)}?project={Uri.EscapeDataString(project)}", ct),
            WorkloadRecordsJson.Default.WorkloadRecord
        );

    public static string PathOf(string workload) => $"api/workloads/{Uri.EscapeDataString(workload)}";

    public static T Read<T>(JsonObject answer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return answer.Deserialize(type) ?? throw new Failure("the server answered nothing");
        }
        catch (JsonException malformed)
        {
            throw new Failure(
                $"the server's answer is not understood, it may be of another version: {malformed.Message}"
            );
        }
    }

    public static JsonObject Write<T>(T question, JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToNode(question, type)?.AsObject()
        ?? throw new InvalidOperationException($"{typeof(T)} is no JSON object");
}
