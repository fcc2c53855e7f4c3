namespace Braid.TrainingJobs.Manifests;

/// <summary>A variable of a container, with a value or where to find it.</summary>
public sealed record EnvVar : Carrier
{
    public string Name
    {
        get => field ?? "";
        init;
    }

    /// <summary><c>$(NAME)</c> stands for a variable before it, <c>$$</c> for a dollar.</summary>
    public string Value
    {
        get => field ?? "";
        init;
    }

    public EnvVarSource? ValueFrom { get; init; }

    internal static EnvVar Of(string name, string value) => new() { Name = name, Value = value };
}

/// <summary>Where the value of a variable is; one of the four.</summary>
public sealed record EnvVarSource : Carrier
{
    /// <summary>A field of the replica itself.</summary>
    public FieldReference? FieldRef { get; init; }

    /// <summary>A share of the machine that a container has.</summary>
    public ResourceFieldReference? ResourceFieldRef { get; init; }

    public KeyReference? ConfigMapKeyRef { get; init; }

    public KeyReference? SecretKeyRef { get; init; }
}

/// <param name="FieldPath">Such as <c>metadata.name</c>.</param>
public sealed record FieldReference : Carrier
{
    public string? ApiVersion { get; init; }

    /// <summary>Such as <c>metadata.name</c>.</summary>
    public string FieldPath
    {
        get => field ?? "";
        init;
    }
}

/// <summary>A share of the machine that a container has.</summary>
public sealed record ResourceFieldReference : Carrier
{
    /// <summary>Null: the container itself.</summary>
    public string? ContainerName { get; init; }

    /// <summary>Such as <c>limits.memory</c>.</summary>
    public string Resource
    {
        get => field ?? "";
        init;
    }

    /// <summary>The unit in which it is told; null: 1.</summary>
    public Quantity? Divisor { get; init; }
}

/// <summary>A key of a config map or a secret.</summary>
public sealed record KeyReference : Carrier
{
    public string Name
    {
        get => field ?? "";
        init;
    }

    public string Key
    {
        get => field ?? "";
        init;
    }

    /// <summary>The replica starts without it, too.</summary>
    public bool? Optional { get; init; }
}

/// <summary>All keys of a config map or a secret as variables.</summary>
public sealed record EnvFromSource : Carrier
{
    public string Prefix
    {
        get => field ?? "";
        init;
    }

    public NameReference? ConfigMapRef { get; init; }

    public NameReference? SecretRef { get; init; }
}

/// <summary>A config map or a secret.</summary>
public sealed record NameReference : Carrier
{
    public string Name
    {
        get => field ?? "";
        init;
    }

    public bool? Optional { get; init; }
}
