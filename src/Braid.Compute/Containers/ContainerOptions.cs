namespace Braid.Compute.Containers;

/// <summary>Which engine runs the containers, and for whom.</summary>
public sealed record ContainerOptions
{
    /// <summary>Docker's or Podman's socket.</summary>
    public string Socket { get; init; } = "/var/run/docker.sock";

    /// <summary>
    /// Whose containers they are: those of others, on the same engine, are neither found nor touched. Letters, digits, <c>_ . -</c>.
    /// </summary>
    public required string Owner { get; init; }

    /// <summary>Where it is kept why containers were ended; the owner's alone.</summary>
    public required string Folder { get; init; }

    /// <summary>Credentials by the host of a registry (<c>registry.example:5000</c>; <c>docker.io</c> for names without one).</summary>
    public IReadOnlyDictionary<string, RegistryLogin> Logins { get; init; } = new Dictionary<string, RegistryLogin>();
}

/// <summary>A user of a registry.</summary>
public sealed record RegistryLogin(string User, string Password)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => User;
}
