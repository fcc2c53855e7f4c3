using System.Globalization;

namespace Braid.TrainingJobs.Replicas;

/// <summary>One replica of a job.</summary>
/// <param name="Type">As the manifest spells it: <c>Worker</c>.</param>
/// <param name="Index">From 0.</param>
public readonly record struct ReplicaId(string Type, int Index) : IComparable<ReplicaId>
{
    /// <summary>The type as names and labels have it: <c>worker</c>.</summary>
    public string LowerType => Type.ToLowerInvariant();

    public int CompareTo(ReplicaId other) =>
        string.CompareOrdinal(Type, other.Type) is var order and not 0 ? order : Index.CompareTo(other.Index);

    /// <summary><c>worker-0</c>: what follows the job's name in the replica's.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{LowerType}-{Index}");
}
