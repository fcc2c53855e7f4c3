using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Environments.PerKind;

/// <summary><c>TF_CONFIG</c>: all replicas by type, and which of them this one is.</summary>
internal static class TensorFlowEnvironment
{
    public static PeerEnvironment Of(TrainingJob job, ReplicaId id, AddressPlan plan) =>
        job.TotalReplicas() == 1
            ? PeerEnvironment.None
            : new([EnvVar.Of("TF_CONFIG", Config(job, id, plan))], job.Traits.Container);

    private static string Config(TrainingJob job, ReplicaId id, AddressPlan plan)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("cluster");
            if (job.Spec.EnableDynamicWorker is true)
            {
                WriteSparseCluster(writer, job, id, plan);
            }
            else
            {
                WriteCluster(writer, job, plan);
            }

            writer.WriteEndObject();
            writer.WriteStartObject("task");
            writer.WriteString("type", id.LowerType);
            writer.WriteNumber("index", id.Index);
            writer.WriteEndObject();
            if (job.Spec.EnableDynamicWorker is not true)
            {
                writer.WriteString("environment", "cloud");
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteCluster(Utf8JsonWriter writer, TrainingJob job, AddressPlan plan)
    {
        var types = job.ReplicaIds().GroupBy(id => id.LowerType).OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (var type in types)
        {
            WriteAddresses(writer, type.Key, type, plan);
        }
    }

    /// <summary>A worker sees itself and all parameter servers, a parameter server itself only.</summary>
    private static void WriteSparseCluster(Utf8JsonWriter writer, TrainingJob job, ReplicaId id, AddressPlan plan)
    {
        writer.WriteStartObject("worker");
        if (id.Type is ReplicaTypes.Worker)
        {
            writer.WriteString(id.Index.ToString(CultureInfo.InvariantCulture), AddressOf(plan[id]));
        }

        writer.WriteEndObject();
        var seen = job.ReplicaIds()
            .Where(other =>
                other.Type is ReplicaTypes.ParameterServer && (id.Type is ReplicaTypes.Worker || other == id)
            );
        WriteAddresses(writer, "ps", seen, plan);
    }

    private static void WriteAddresses(Utf8JsonWriter writer, string name, IEnumerable<ReplicaId> ids, AddressPlan plan)
    {
        writer.WriteStartArray(name);
        foreach (var id in ids)
        {
            writer.WriteStringValue(AddressOf(plan[id]));
        }

        writer.WriteEndArray();
    }

    private static string AddressOf(ReplicaAddress address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");
}
