namespace Braid.Access.Users;

/// <summary>What a person may do; see <see cref="Callers.Caller"/> for what each role is asked.</summary>
public enum UserRole
{
    /// <summary>Everything but running the server.</summary>
    Member,

    Administrator,
}

/// <summary>A person who uses the server.</summary>
public sealed record User
{
    /// <summary>Who owns what was made with an administrator's key of the installation.</summary>
    public const string InstallationAdministrator = "admin";

    /// <summary>Whoever calls an open server without credentials.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>Names the user for ever: what users make carries it.</summary>
    public required string Id { get; init; }

    /// <summary>What people call the user.</summary>
    public required string Name { get; init; }

    public string? Email { get; init; }

    public string GivenName { get; init; } = "";

    public string FamilyName { get; init; } = "";

    /// <summary>An http or https URL of a picture, or empty.</summary>
    public string Avatar { get; init; } = "";

    public UserRole Role { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>True for the users that no one made; they cannot be deleted, nor lose their role.</summary>
    public bool IsBuiltIn => Id is InstallationAdministrator or Anonymous;
}

/// <summary>Changes to a user; null leaves a field as it is.</summary>
public sealed record UserChange
{
    public string? Name { get; init; }

    public string? GivenName { get; init; }

    public string? FamilyName { get; init; }

    public string? Avatar { get; init; }
}
