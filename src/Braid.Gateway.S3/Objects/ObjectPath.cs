namespace Braid.Gateway.S3.Objects;

/// <summary>Keys are paths without the slash in front.</summary>
internal static class ObjectPath
{
    public static string OfKey(string key) => $"/{key}";

    public static string KeyOf(string path) => path[1..];
}
