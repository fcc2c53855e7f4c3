using System.Diagnostics.CodeAnalysis;

namespace Braid.Tracking.Projects;

/// <summary>Project names are paths: <c>A/B/C</c> lies in <c>A/B</c>.</summary>
internal static class ProjectPaths
{
    /// <summary>The name with empty segments dropped; false when nothing is left or it holds control characters.</summary>
    public static bool TryNormalise(string name, [NotNullWhen(true)] out string? normal)
    {
        var segments = name.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        normal = segments.Length > 0 && !name.Any(char.IsControl) ? string.Join('/', segments) : null;
        return normal is not null;
    }

    public static string? ParentOf(string name) => name.LastIndexOf('/') is >= 0 and var at ? name[..at] : null;

    public static string BaseName(string name) => name[(name.LastIndexOf('/') + 1)..];
}
