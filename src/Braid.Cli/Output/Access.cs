using Braid.Protos.Pfs;

namespace Braid.Cli.Output;

/// <summary>What the caller may do with something; servers without access control say nothing about it.</summary>
internal static class Access
{
    /// <summary>The roles as the ACCESS_LEVEL column has them: <c>[repoOwner]</c>.</summary>
    public static string Level(AuthInfo? access) => access is null ? "" : $"[{string.Join(' ', access.Roles)}]";

    public static void Write(FieldList fields, AuthInfo? access)
    {
        if (access is not null)
        {
            fields.Write("Roles", Listed([.. access.Roles]));
            fields.Write("Permissions", Listed([.. access.Permissions.Select(Name)]));
        }
    }

    /// <summary>Permissions have the names of the protocol: <c>REPO_READ</c>.</summary>
    private static string Name(Braid.Protos.Auth.Permission permission) =>
        string.Concat(
                permission
                    .ToString()
                    .Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")
            )
            .ToUpperInvariant();

    private static string Listed(string[] items) =>
        items.Length < 2 ? string.Concat(items) : $"{string.Join(", ", items[..^1])} and {items[^1]}";
}
