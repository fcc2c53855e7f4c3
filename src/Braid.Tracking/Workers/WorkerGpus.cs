using System.Text.RegularExpressions;

namespace Braid.Tracking.Workers;

/// <summary>How many GPUs a worker has.</summary>
internal static partial class WorkerGpus
{
    /// <summary>Each of a machine's GPUs has a value of it.</summary>
    private const string metric = "gpu_usage";

    /// <summary>
    /// What its name says: <c>host:gpu0,1</c> has two, and so has <c>host:dgpu0,1</c>; <c>host:cpu:0</c> has none. Null when the
    /// name says nothing, or says that it has all there are.
    /// </summary>
    public static int? OfName(string name) =>
        CpuPart().IsMatch(name) ? 0
        : GpuPart().Match(name) is { Success: true } match ? match.Groups["numbers"].Value.Split(',').Length
        : null;

    /// <summary>As many as it reports a usage of.</summary>
    public static int OfSamples(IReadOnlyList<WorkerSample> samples) =>
        samples.Where(sample => sample.Metric == metric).DistinctBy(sample => sample.Variant).Count();

    [GeneratedRegex(@":d?gpu(?<numbers>[0-9][0-9:]*(?:,[0-9][0-9:]*)*)(?::|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GpuPart();

    [GeneratedRegex(@":cpu(:|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CpuPart();
}
