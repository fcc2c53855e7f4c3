using Braid.Primitives;

namespace Braid.Gateway.MLflow.Artifacts;

/// <summary>
/// Paths below <c>mlflow-artifacts:/</c> as clients send them, hostile until proven otherwise: relative, of plain segments,
/// whatever is hidden behind percent signs.
/// </summary>
internal static class ArtifactPath
{
    /// <summary>The root of every proxied artifact's URI.</summary>
    public const string Root = "mlflow-artifacts:/";

    private const int mostDecodings = 10;

    /// <summary>The path without a trailing slash; empty for the root.</summary>
    public static Result<string> Read(string? path)
    {
        var text = path ?? "";
        return IsSafe(text) ? text.TrimEnd('/') : Errors.Invalid("Invalid path");
    }

    /// <summary>Where below the root a URI points; null when it is not one of ours.</summary>
    public static string? OfUri(string uri) =>
        uri.StartsWith(Root, StringComparison.Ordinal) ? uri[Root.Length..].Trim('/') : null;

    public static string Join(string folder, string name) =>
        folder.Length == 0 ? name
        : name.Length == 0 ? folder
        : $"{folder}/{name}";

    private static bool IsSafe(string path)
    {
        for (var decodings = 0; decodings < mostDecodings; decodings++)
        {
            if (!IsPlain(path))
            {
                return false;
            }

            var decoded = Uri.UnescapeDataString(path);
            if (decoded == path)
            {
                return true;
            }

            path = decoded;
        }

        return false;
    }

    private static bool IsPlain(string path) =>
        !path.StartsWith('/')
        && path.AsSpan().IndexOfAny("\\#\0") < 0
        && !(path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]))
        && !path.Split('/').Any(segment => segment is ".." or ".")
        && !path.Contains("//", StringComparison.Ordinal);
}
