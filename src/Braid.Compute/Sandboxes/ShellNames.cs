namespace Braid.Compute.Sandboxes;

/// <summary>Names of variables that a shell keeps: it drops all others from its environment.</summary>
internal static class ShellNames
{
    public static bool Takes(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
