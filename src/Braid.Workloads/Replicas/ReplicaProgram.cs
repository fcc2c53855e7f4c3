namespace Braid.Workloads.Replicas;

/// <summary>What a node is to run.</summary>
public sealed record ReplicaProgram
{
    /// <summary>Empty where it runs as processes of the machine.</summary>
    public string Image { get; init; } = "";

    /// <summary>Empty for the image's own.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Empty for the image's own, unless there is a command.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Empty for the image's own.</summary>
    public string WorkingDirectory { get; init; } = "";
    public IReadOnlyList<Submission.Volume> Volumes { get; init; } = [];

    /// <summary>Small files that it finds.</summary>
    public IReadOnlyList<ProgramFile> Files { get; init; } = [];
    public long? CpuMillicores { get; init; }
    public long? MemoryBytes { get; init; }

    /// <summary>What its peers call it; empty for a replica without peers.</summary>
    public string HostName { get; init; } = "";

    /// <summary>How its peers are called, with the address of the node that each is on.</summary>
    public IReadOnlyDictionary<string, string> Peers { get; init; } = new Dictionary<string, string>();
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan? TimeLimit { get; init; }
}

/// <summary>A small file that a program finds.</summary>
/// <param name="Mode">Its permissions, as Unix has them.</param>
public sealed record ProgramFile(string Path, string Content, int Mode);
