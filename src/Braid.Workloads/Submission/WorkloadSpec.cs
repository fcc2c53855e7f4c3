namespace Braid.Workloads.Submission;

/// <summary>What to run, and what it needs.</summary>
public sealed record WorkloadSpec
{
    public required WorkloadKind Kind { get; init; }

    /// <summary>
    /// Kubeflow's manifest as JSON, of a <see cref="WorkloadKind.TrainingJob"/>; null otherwise. It says all that follows but
    /// <see cref="Environment"/>, <see cref="Volumes"/> and <see cref="NodeSelector"/>, which its replicas have beside their own.
    /// </summary>
    public string? Manifest { get; init; }

    /// <summary>The code of a <see cref="WorkloadKind.Queued"/>; null otherwise.</summary>
    public Queued.QueuedScript? Script { get; init; }

    /// <summary>Null where it runs as processes of the machine.</summary>
    public string? Image { get; init; }

    /// <summary>The program and its arguments; empty for the image's own.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
    public string? WorkingDirectory { get; init; }
    public IReadOnlyList<Volume> Volumes { get; init; } = [];
    public ProgramRequest Request { get; init; } = new();

    /// <summary>Limits of processors (thousandths) and memory (bytes); null for none.</summary>
    public long? CpuLimit { get; init; }
    public long? MemoryLimit { get; init; }

    /// <summary>How many replicas run side by side.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>How many must succeed; null for as many as run side by side.</summary>
    public int? Completions { get; init; }

    /// <summary>It starts with one replica and grows to <see cref="Parallelism"/> as places are free.</summary>
    public bool IsElastic { get; init; }

    /// <summary>Failed replicas, of all, after which it has failed.</summary>
    public int BackoffLimit { get; init; } = 6;

    /// <summary>How long it may run; null for as long as its share allows.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>How long after its end it is forgotten; null for never.</summary>
    public TimeSpan? ForgetAfter { get; init; }

    /// <summary>Between the request to stop and the end by force.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>More important than others of its share; null for what its kind says.</summary>
    public int? Priority { get; init; }

    /// <summary>It may be interrupted, and may therefore exceed the quota; null for what its priority says.</summary>
    public bool? IsPreemptible { get; init; }

    /// <summary>Labels that its node has.</summary>
    public IReadOnlyDictionary<string, string> NodeSelector { get; init; } = new Dictionary<string, string>();

    /// <summary>Keys of taints that do not keep it away; <c>*</c> for all.</summary>
    public IReadOnlyList<string> Tolerations { get; init; } = [];

    /// <summary>Where it may run, in order of preference; empty for where its share's work runs.</summary>
    public IReadOnlyList<string> NodePools { get; init; } = [];

    /// <summary>It only holds a place: whoever asked for it runs something there, and nodes are told nothing of it.</summary>
    public bool IsSeat { get; init; }

    /// <summary>Repos of versioned data (<c>project/name</c>) that its programs may read.</summary>
    public IReadOnlyList<string> ReadableRepos
    {
        get => field ?? []; // of before there were any
        init;
    }
}

/// <summary>A folder of the node, seen by the program.</summary>
/// <param name="IsForLeader">Of a job's replicas only the chief, master or launcher (else worker 0) sees it.</param>
public sealed record Volume(string Source, string Target, bool IsReadOnly = false, bool IsForLeader = false);

/// <summary>Work to submit.</summary>
/// <param name="Name">Unique among the share's that have not ended.</param>
public sealed record NewWorkload(string Name, string Share, WorkloadSpec Spec)
{
    /// <summary>The full path of the tracking project, made when there is none; null for the share's name.</summary>
    public string? Project { get; init; }

    /// <summary>It waits until somebody resumes it.</summary>
    public bool IsSuspended { get; init; }
}
