using Braid.Primitives;

namespace Braid.Workloads;

/// <summary>What the change feed announces after a commit.</summary>
public static class Topics
{
    /// <summary>Something may have to be placed, or a place became free.</summary>
    public const string Placement = "placement";

    /// <summary>A replica's state changed, or somebody changed a workload: it is to be looked at.</summary>
    public const string Workloads = "workloads";

    /// <summary>What is to run on a node changed.</summary>
    public static string Node(string name) => $"node/{name}";

    /// <summary>A workload changed.</summary>
    public static string Workload(RunId id) => $"workload/{id}";
}
