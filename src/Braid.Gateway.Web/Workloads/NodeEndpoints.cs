using Braid.Gateway.Web.Workloads.Records;
using Braid.Primitives;
using Braid.Workloads.Nodes;
using Braid.Workloads.Submission;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Workloads;

/// <summary>
/// Machines: <c>GET /api/nodes</c> lists them with what of them is taken; <c>POST /api/nodes/NAME/cordon</c> and <c>uncordon</c> say
/// whether anything new is placed there, <c>DELETE /api/nodes/NAME</c> forgets one whose agent is gone: for administrators.
/// </summary>
internal sealed class NodeEndpoints(WebRooms rooms, RecordAnswer answer)
{
    /// <summary>Of a machine that says nothing of a pool.</summary>
    private const string defaultPool = "default";

    public Task ListAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            WorkloadRecordsJson.Default.NodeListRecord,
            async caller =>
            {
                var standing = await Standing.ReadAsync(rooms.Workloads, caller, context.RequestAborted);
                return standing.Select(now =>
                {
                    var places = now.Live.SelectMany(one => one.Facts.Places).ToLookup(place => place.Node);
                    return new NodeListRecord([
                        .. now.Nodes.Select(node => Write(node, [.. places[node.Name].Select(place => place.Parts)])),
                    ]);
                });
            }
        );

    public Task CordonAsync(HttpContext context) => CordonAsync(context, cordoned: true);

    public Task UncordonAsync(HttpContext context) => CordonAsync(context, cordoned: false);

    public Task DeleteAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            caller => rooms.Workloads.Nodes.DeleteAsync(caller, NameOf(context), context.RequestAborted)
        );

    private Task CordonAsync(HttpContext context, bool cordoned) =>
        answer.SendAsync(
            context,
            caller => rooms.Workloads.Nodes.CordonAsync(caller, NameOf(context), cordoned, context.RequestAborted)
        );

    private static string NameOf(HttpContext context) => (string?)context.Request.RouteValues["name"] ?? "";

    private static NodeRecord Write(Node node, IReadOnlyList<MachineParts> held) =>
        new()
        {
            Name = node.Name,
            Pool = node.Machine.Pool ?? defaultPool,
            IsAlive = node.IsAlive,
            IsCordoned = node.IsCordoned,
            Registered = node.Registered,
            LastSeen = node.LastSeen,
            Address = node.Machine.Address,
            AgentVersion = node.Machine.AgentVersion,
            Executors = node.Machine.Executors,
            Labels = node.Machine.Labels,
            Taints = [.. node.Machine.Taints.Select(taint => $"{taint.Key}={taint.Value}:{taint.Effect}")],
            Gpus =
            [
                .. node.Machine.Gpus.Select(gpu => new GpuRecord(gpu.Index, gpu.Name, gpu.MemoryBytes, gpu.MigProfile)),
            ],
            Has = new(
                node.Machine.Gpus.Count(gpu => gpu.MigProfile is null),
                node.Machine.CpuMillicores,
                node.Machine.MemoryBytes
            ),
            Held = ShareWriting.Write(held.Aggregate(default(MachineParts), (sum, parts) => sum + parts)),
            Replicas = held.Count,
        };
}
