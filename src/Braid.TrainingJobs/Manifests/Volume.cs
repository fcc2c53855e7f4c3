namespace Braid.TrainingJobs.Manifests;

/// <summary>Files that containers share or find. Sources that are not in the model are carried.</summary>
public sealed record Volume : Carrier
{
    public string Name
    {
        get => field ?? "";
        init;
    }

    /// <summary>A folder that lives as long as the replica.</summary>
    public EmptyDirVolume? EmptyDir { get; init; }

    /// <summary>A path of the machine.</summary>
    public HostPathVolume? HostPath { get; init; }

    public ConfigMapVolume? ConfigMap { get; init; }

    public SecretVolume? Secret { get; init; }

    public ClaimVolume? PersistentVolumeClaim { get; init; }
}

/// <summary>A folder that lives as long as the replica.</summary>
public sealed record EmptyDirVolume : Carrier
{
    /// <summary><c>Memory</c>, or empty for a disk.</summary>
    public string Medium
    {
        get => field ?? "";
        init;
    }

    public Quantity? SizeLimit { get; init; }
}

/// <summary>A path of the machine.</summary>
public sealed record HostPathVolume : Carrier
{
    public string Path
    {
        get => field ?? "";
        init;
    }

    /// <summary>What must be there, or is made: <c>DirectoryOrCreate</c>.</summary>
    public string? Type { get; init; }
}

/// <summary>A config map as files.</summary>
public sealed record ConfigMapVolume : Carrier
{
    public string Name
    {
        get => field ?? "";
        init;
    }

    public IReadOnlyList<KeyToPath> Items
    {
        get => field ?? [];
        init;
    }

    public int? DefaultMode { get; init; }

    public bool? Optional { get; init; }
}

/// <summary>A secret as files.</summary>
public sealed record SecretVolume : Carrier
{
    public string SecretName
    {
        get => field ?? "";
        init;
    }

    public IReadOnlyList<KeyToPath> Items
    {
        get => field ?? [];
        init;
    }

    public int? DefaultMode { get; init; }

    public bool? Optional { get; init; }
}

/// <summary>Storage that outlives the job.</summary>
public sealed record ClaimVolume : Carrier
{
    public string ClaimName
    {
        get => field ?? "";
        init;
    }

    public bool? ReadOnly { get; init; }
}

/// <summary>One key as a file.</summary>
public sealed record KeyToPath : Carrier
{
    public string Key
    {
        get => field ?? "";
        init;
    }

    public string Path
    {
        get => field ?? "";
        init;
    }

    public int? Mode { get; init; }
}

/// <summary>Where a container finds a volume.</summary>
public sealed record VolumeMount : Carrier
{
    public string Name
    {
        get => field ?? "";
        init;
    }

    public string MountPath
    {
        get => field ?? "";
        init;
    }

    public string? SubPath { get; init; }

    public bool? ReadOnly { get; init; }
}
