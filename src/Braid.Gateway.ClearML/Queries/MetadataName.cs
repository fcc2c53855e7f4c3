namespace Braid.Gateway.ClearML.Queries;

/// <summary><c>metadata.{key}</c>, with <c>.value</c> at the end or without.</summary>
internal static class MetadataName
{
    public const string Value = "value";

    private const string prefix = "metadata.";
    private const string ending = $".{Value}";

    /// <summary>The key; null for a path to something else.</summary>
    public static string? Read(string path)
    {
        if (!path.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var key = path[prefix.Length..];
        return EscapedName.Read(key.EndsWith(ending, StringComparison.Ordinal) ? key[..^ending.Length] : key);
    }
}
