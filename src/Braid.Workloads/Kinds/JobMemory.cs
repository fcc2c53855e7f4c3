using System.Text.Json.Nodes;
using Braid.TrainingJobs.Reconciling;
using Braid.TrainingJobs.Statuses;

namespace Braid.Workloads.Kinds;

/// <summary>A job's status and what its next look must know beside it, as one text.</summary>
internal static class JobMemory
{
    private const string status = "status";
    private const string memory = "memory";

    public static string Pack(JobStatus now, ReconcileMemory known) =>
        new JsonObject
        {
            [status] = JsonNode.Parse(now.ToJson()),
            [memory] = JsonNode.Parse(known.ToJson()),
        }.ToJsonString();

    /// <param name="text">Empty for a job that nobody has looked at.</param>
    public static (JobStatus? Status, ReconcileMemory Memory) Unpack(string text)
    {
        if (text.Length == 0)
        {
            return (null, ReconcileMemory.Empty);
        }

        var both = JsonNode.Parse(text) ?? throw new InvalidDataException("a job's status is null");
        return (
            JobStatus.FromJson(both[status]?.ToJsonString() ?? "{}"),
            ReconcileMemory.FromJson(both[memory]?.ToJsonString() ?? "{}")
        );
    }
}
