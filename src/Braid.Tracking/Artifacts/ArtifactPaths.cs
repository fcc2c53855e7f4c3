using System.Diagnostics.CodeAnalysis;

namespace Braid.Tracking.Artifacts;

/// <summary>Which texts are paths of stored files. Percent-decoding was the door's business.</summary>
internal static class ArtifactPaths
{
    private const int longest = 4096;

    /// <summary>The path without slashes at its ends; "" is the space itself.</summary>
    public static bool TryNormalise(string path, [NotNullWhen(true)] out string? normal)
    {
        normal = path.Trim('/');
        if (normal.Length == 0)
        {
            return true;
        }

        var isGood =
            normal.Length <= longest
            && !normal.Any(letter => char.IsControl(letter) || letter == '\\')
            && normal.Split('/').All(segment => segment is not ("" or "." or ".."));
        normal = isGood ? normal : null;
        return isGood;
    }

    /// <summary>The folder that a path lies in; "" for the top.</summary>
    public static string FolderOf(string path) => path.LastIndexOf('/') is >= 0 and var at ? path[..at] : "";

    /// <summary>Every folder above a path, nearest first, without the top.</summary>
    public static IEnumerable<string> Above(string path)
    {
        for (var folder = FolderOf(path); folder.Length > 0; folder = FolderOf(folder))
        {
            yield return folder;
        }
    }
}
