using Braid.Scheduling.Snapshots;

namespace Braid.Workloads.Nodes;

/// <summary>How placing is told what nodes can run: by a label, and by a taint that work with an image tolerates.</summary>
internal static class NodeKinds
{
    /// <summary>The label of nodes that use the image of work that has one; elsewhere it runs as processes.</summary>
    public const string RunsImages = "braid/runs-images";

    private const string yes = "true";
    private const string onlyImages = "braid/only-images";
    private const string processes = "process";

    /// <summary>What lets work with an image onto nodes that run nothing else.</summary>
    public static Toleration HasImage { get; } = new(onlyImages);

    public static IReadOnlyDictionary<string, string> LabelsOf(Machine machine) =>
        machine.Executors.All(kind => kind == processes)
            ? machine.Labels
            : new Dictionary<string, string>(machine.Labels, StringComparer.Ordinal) { [RunsImages] = yes };

    /// <summary>An agent that does not say what it runs runs processes.</summary>
    public static IEnumerable<Taint> TaintsOf(Machine machine) =>
        machine.Executors.Count == 0 || machine.Executors.Contains(processes)
            ? []
            : [new(onlyImages, yes, TaintEffect.Refuse)];
}
