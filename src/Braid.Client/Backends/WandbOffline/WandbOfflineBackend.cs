namespace Braid.Client.Backends.WandbOffline;

/// <summary>
/// A run as Weights &amp; Biases' SDK records it offline, <c>ROOT/wandb/offline-run-TIME-ID/run-ID.wandb</c>, for <c>wandb sync</c>. That program
/// and an account are the user's; no server of theirs is called.
/// </summary>
public sealed class WandbOfflineBackend(string root) : IBackend
{
    private readonly string root = Path.GetFullPath(root);

    /// <inheritdoc/>
    public string Name => "wandb";

    /// <inheritdoc/>
    public string Address => root;

    /// <inheritdoc/>
    public bool CanShareRuns => false;

    /// <inheritdoc/>
    public Task<IRunSink> OpenAsync(RunStart start, SinkContext context, CancellationToken ct)
    {
        var id = start.RunId ?? RandomId.Of(8);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(start.StartedAt);
        var folder = Path.Combine(root, "wandb", $"offline-run-{time:yyyyMMdd_HHmmss}-{id}");
        Directory.CreateDirectory(Path.Combine(folder, "files"));
        return Task.FromResult<IRunSink>(new WandbSink(id, folder, start, context));
    }
}
