using Braid.Cli.CommandLine;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Shares;

/// <summary>What a project may have, as flags.</summary>
internal static class TermFlags
{
    private static readonly Flag gpuQuota = Flags.Value(
        "gpu-quota",
        null,
        "GPUs that it can count on; -1 for as many as there are."
    );
    private static readonly Flag gpuLimit = Flags.Value(
        "gpu-limit",
        null,
        "GPUs that it never exceeds; -1 for no limit."
    );
    private static readonly Flag gpuWeight = Flags.Value(
        "gpu-over-quota-weight",
        null,
        "Its part of the GPUs that nobody can count on, beside its siblings'; 0 for none (default 1)."
    );
    private static readonly Flag cpuQuota = Flags.Value("cpu-quota", null, "Processors that it can count on.");
    private static readonly Flag cpuLimit = Flags.Value("cpu-limit", null, "Processors that it never exceeds.");
    private static readonly Flag cpuWeight = Flags.Value("cpu-over-quota-weight", null, "The same for processors.");
    private static readonly Flag memoryQuota = Flags.Value(
        "memory-quota",
        null,
        "Memory that it can count on (\"64G\")."
    );
    private static readonly Flag memoryLimit = Flags.Value("memory-limit", null, "Memory that it never exceeds.");
    private static readonly Flag memoryWeight = Flags.Value("memory-over-quota-weight", null, "The same for memory.");
    private static readonly Flag priority = Flags.Value(
        "priority",
        null,
        "Siblings of a higher one get what nobody can count on first (default 100)."
    );
    private static readonly Flag preemptMinRuntime = Flags.Value(
        "preempt-min-runtime",
        null,
        "How long work runs before more important work of the project may take its place (\"10m\"; \"0s\" for none)."
    );
    private static readonly Flag reclaimMinRuntime = Flags.Value(
        "reclaim-min-runtime",
        null,
        "How long work runs before other projects may take back what is theirs."
    );
    private static readonly Flag nodePools = Flags.Value(
        "node-pools",
        null,
        "Pools of nodes for its work, best first: a,b."
    );
    private static readonly Flag trainTypes = Flags.Value(
        "train-node-types",
        null,
        "Only nodes whose label run.ai/type has one of these values may run its trainings."
    );
    private static readonly Flag interactiveTypes = Flags.Value(
        "interactive-node-types",
        null,
        "The same for interactive work."
    );
    private static readonly Flag trainLimit = Flags.Value("train-time-limit", null, "How long its trainings may run.");
    private static readonly Flag interactiveLimit = Flags.Value(
        "interactive-time-limit",
        null,
        "How long its interactive work may run."
    );

    private static readonly Flag trainIdle = Flags.Value(
        "train-idle-limit",
        null,
        "How long its trainings may hold places without doing anything."
    );
    private static readonly Flag interactiveIdle = Flags.Value(
        "interactive-idle-limit",
        null,
        "The same for interactive work."
    );
    private static readonly Flag preemptibleIdle = Flags.Value(
        "preemptible-idle-limit",
        null,
        "The same for interactive work that may be interrupted."
    );

    public static IReadOnlyList<Flag> All { get; } =
    [
        gpuQuota,
        gpuLimit,
        gpuWeight,
        cpuQuota,
        cpuLimit,
        cpuWeight,
        memoryQuota,
        memoryLimit,
        memoryWeight,
        priority,
        preemptMinRuntime,
        reclaimMinRuntime,
        nodePools,
        trainTypes,
        interactiveTypes,
        trainLimit,
        interactiveLimit,
        trainIdle,
        interactiveIdle,
        preemptibleIdle,
    ];

    public static bool AreGiven(Invocation call) => All.Any(flag => call.Text(flag) is not null);

    /// <summary>What is given; null where nothing is.</summary>
    /// <exception cref="Failure">A value cannot be read.</exception>
    public static ShareTermsRecord Of(Invocation call) =>
        new()
        {
            Gpu = new(
                Quantities.DeviceTerms(call, gpuQuota),
                Quantities.DeviceTerms(call, gpuLimit),
                Quantities.Devices(call, gpuWeight)
            ),
            Cpu = new(
                Quantities.MillicoreTerms(call, cpuQuota),
                Quantities.MillicoreTerms(call, cpuLimit),
                Quantities.Devices(call, cpuWeight)
            ),
            Memory = new(
                Quantities.ByteTerms(call, memoryQuota),
                Quantities.ByteTerms(call, memoryLimit),
                Quantities.Devices(call, memoryWeight)
            ),
            Priority = call.Text(priority) is null ? null : (int)call.Number(priority, 0),
            PreemptMinRuntime = call.Span(preemptMinRuntime)?.TotalSeconds,
            ReclaimMinRuntime = call.Span(reclaimMinRuntime)?.TotalSeconds,
            NodePools = Lists.Of(call, nodePools),
            TrainNodeTypes = Lists.Of(call, trainTypes),
            InteractiveNodeTypes = Lists.Of(call, interactiveTypes),
            TrainTimeLimit = call.Span(trainLimit)?.TotalSeconds,
            InteractiveTimeLimit = call.Span(interactiveLimit)?.TotalSeconds,
            TrainIdleLimit = call.Span(trainIdle)?.TotalSeconds,
            InteractiveIdleLimit = call.Span(interactiveIdle)?.TotalSeconds,
            PreemptibleIdleLimit = call.Span(preemptibleIdle)?.TotalSeconds,
        };
}
