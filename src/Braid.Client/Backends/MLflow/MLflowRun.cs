namespace Braid.Client.Backends.MLflow;

/// <summary>A run on the server, and where its artifacts go.</summary>
internal sealed record MLflowRun(string Id, string ArtifactUri)
{
    private const string proxied = "mlflow-artifacts:/";

    /// <summary>The path below the artifact proxy of a file of the run.</summary>
    /// <exception cref="BackendRefusalException">The server keeps artifacts where only its own client can write.</exception>
    public string PathOf(string file) =>
        ArtifactUri.StartsWith(proxied, StringComparison.Ordinal)
            ? $"{ArtifactUri[proxied.Length..].TrimStart('/')}/{file}"
            : throw new BackendRefusalException(
                $"artifacts at {ArtifactUri} cannot be written: only {proxied} is supported (mlflow server --serve-artifacts)"
            );
}
