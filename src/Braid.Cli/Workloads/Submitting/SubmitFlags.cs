using Braid.Cli.CommandLine;

namespace Braid.Cli.Workloads.Submitting;

/// <summary>What <c>submit</c> takes of Run:ai's flags, those of v1 and those of v2, and acts on.</summary>
internal static class SubmitFlags
{
    public static readonly Flag Name = Flags.Value("name", null, "Its name, instead of as the first argument.");
    public static readonly Flag Prefix = Flags.Value(
        "job-name-prefix",
        null,
        "Begin its name so; the rest is made up."
    );
    public static readonly Flag Prefix2 = Flags.Value("name-prefix", null, "The same as --job-name-prefix.");
    public static readonly Flag Image = Flags.Value(
        "image",
        'i',
        "The image; without one, programs of the nodes are run."
    );
    public static readonly Flag RequireImage = Flags.Switch(
        "require-image",
        null,
        "Only nodes that run containers will do; elsewhere the image would not be used."
    );
    public static readonly Flag Gpu = Flags.Value("gpu", 'g', "GPUs of each replica: whole ones (2) or a part (0.5).");
    public static readonly Flag GpuDevices = Flags.Value("gpu-devices-request", null, "The same as --gpu.");
    public static readonly Flag GpuPortion = Flags.Value(
        "gpu-portion-request",
        null,
        "A part of a GPU: above 0, below 1."
    );
    public static readonly Flag GpuMemory = Flags.Value("gpu-memory", null, "So much memory of a GPU (\"10G\").");
    public static readonly Flag GpuMemory2 = Flags.Value("gpu-memory-request", null, "The same as --gpu-memory.");
    public static readonly Flag Mig = Flags.Value("mig", null, "A part of a GPU that its maker cut off (\"1g.5gb\").");
    public static readonly Flag MigProfile = Flags.Value("mig-profile", null, "The same as --mig.");
    public static readonly Flag Cpu = Flags.Value("cpu", null, "Processors of each replica (\"0.5\", \"500m\").");
    public static readonly Flag CpuCores = Flags.Value("cpu-core-request", null, "The same as --cpu.");
    public static readonly Flag CpuLimit = Flags.Value("cpu-limit", null, "The most processors that it may use.");
    public static readonly Flag CpuCoreLimit = Flags.Value("cpu-core-limit", null, "The same as --cpu-limit.");
    public static readonly Flag Memory = Flags.Value("memory", null, "Memory of each replica (\"1G\", \"512Mi\").");
    public static readonly Flag CpuMemory = Flags.Value("cpu-memory-request", null, "The same as --memory.");
    public static readonly Flag MemoryLimit = Flags.Value("memory-limit", null, "The most memory that it may use.");
    public static readonly Flag CpuMemoryLimit = Flags.Value("cpu-memory-limit", null, "The same as --memory-limit.");
    public static readonly Flag Environment = Flags.Values(
        "environment",
        'e',
        "A variable, KEY=VALUE; may be repeated."
    );
    public static readonly Flag Environment2 = Flags.Values("environment-variable", null, "The same as --environment.");
    public static readonly Flag Volume = Flags.Values(
        "volume",
        'v',
        "A folder of the node and where the program sees it, HOST:PATH[:ro]; may be repeated."
    );
    public static readonly Flag HostPath = Flags.Values(
        "host-path",
        null,
        "The same in v2's words: path=HOST,mount=PATH[,readwrite]."
    );
    public static readonly Flag Interactive = Flags.Switch("interactive", null, "Somebody works in it (v1).");
    public static readonly Flag Inference = Flags.Switch("inference", null, "It answers questions (v1).");
    public static readonly Flag Preemptible = Flags.Switch(
        "preemptible",
        null,
        "It may be interrupted, and may therefore exceed the quota."
    );
    public static readonly Flag Elastic = Flags.Switch(
        "elastic",
        null,
        "Begin with one replica, grow as places are free."
    );
    public static readonly Flag Parallelism = Flags.Value("parallelism", null, "How many replicas run side by side.");
    public static readonly Flag Replicas = Flags.Value("replicas", null, "The same as --parallelism.");
    public static readonly Flag Completions = Flags.Value("completions", null, "How many replicas have to succeed.");
    public static readonly Flag Runs = Flags.Value("runs", null, "The same as --completions.");
    public static readonly Flag BackoffLimit = Flags.Value(
        "backoff-limit",
        null,
        "How many failures of replicas it outlives (default 6)."
    );
    public static readonly Flag TimeLimit = Flags.Value("time-limit", null, "How long it may run (\"90m\").");
    public static readonly Flag Grace = Flags.Value(
        "termination-grace-period",
        null,
        "Between the request to stop and the end by force (default \"30s\")."
    );
    public static readonly Flag ForgetAfter = Flags.Value(
        "ttl-after-finish",
        null,
        "How long after its end it is forgotten (\"24h\"); its run stays."
    );
    public static readonly Flag ForgetAfter2 = Flags.Value(
        "auto-deletion-time-after-completion",
        null,
        "The same as --ttl-after-finish."
    );
    public static readonly Flag Priority = Flags.Value(
        "priority",
        null,
        "A number, or train, build-preemptible, build, inference."
    );
    public static readonly Flag NodePools = Flags.Value("node-pools", null, "Pools of nodes, best first: a,b.");
    public static readonly Flag NodeType = Flags.Value(
        "node-type",
        null,
        "Only nodes whose label run.ai/type has this value."
    );
    public static readonly Flag Toleration = Flags.Values(
        "toleration",
        null,
        "A taint that does not keep it away: its key, or key=KEY,...; may be repeated."
    );
    public static readonly Flag WorkingDirectory = Flags.Value("working-dir", null, "Where the program runs.");
    public static readonly Flag Command = Flags.Switch(
        "command",
        null,
        "What follows -- is the whole command, as always."
    );
    public static readonly Flag Suspended = Flags.Switch("suspended", null, "It waits until somebody resumes it.");
    public static readonly Flag TrackingProject = Flags.Value(
        "tracking-project",
        null,
        "The project in which its run is tracked (default: the project's name)."
    );
    public static readonly Flag DryRun = Flags.Switch("dry-run", null, "Print what would be submitted.");

    public static IReadOnlyList<Flag> All { get; } =
    [
        WorkloadFlags.Project,
        Name,
        Prefix,
        Prefix2,
        Image,
        RequireImage,
        Gpu,
        GpuDevices,
        GpuPortion,
        GpuMemory,
        GpuMemory2,
        Mig,
        MigProfile,
        Cpu,
        CpuCores,
        CpuLimit,
        CpuCoreLimit,
        Memory,
        CpuMemory,
        MemoryLimit,
        CpuMemoryLimit,
        Environment,
        Environment2,
        Volume,
        HostPath,
        Interactive,
        Inference,
        Preemptible,
        Elastic,
        Parallelism,
        Replicas,
        Completions,
        Runs,
        BackoffLimit,
        TimeLimit,
        Grace,
        ForgetAfter,
        ForgetAfter2,
        Priority,
        NodePools,
        NodeType,
        Toleration,
        WorkingDirectory,
        Command,
        Suspended,
        TrackingProject,
        DryRun,
    ];
}
