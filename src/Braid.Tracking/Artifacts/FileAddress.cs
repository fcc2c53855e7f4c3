namespace Braid.Tracking.Artifacts;

/// <summary>The place of a stored file that an address names: by which host the server was reached does not matter.</summary>
internal static class FileAddress
{
    private const string mlflow = "mlflow-artifacts:";

    /// <summary>Space and path; null for an address of something that is stored elsewhere.</summary>
    public static (string Space, string Path)? Read(string uri)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var address))
        {
            return null;
        }

        var space =
            address.Scheme is "http" or "https" ? ArtifactSpaces.Files
            : uri.StartsWith(mlflow, StringComparison.Ordinal) ? ArtifactSpaces.MLflow
            : null;
        return
            space is not null
            && ArtifactPaths.TryNormalise(Uri.UnescapeDataString(address.AbsolutePath), out var path)
            && path.Length > 0
            ? (space, path)
            : null;
    }
}
