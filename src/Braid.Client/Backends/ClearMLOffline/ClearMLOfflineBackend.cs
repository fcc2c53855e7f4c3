using Braid.Client.Backends.ClearML;

namespace Braid.Client.Backends.ClearMLOffline;

/// <summary>
/// A session as ClearML's SDK records it offline: <c>FOLDER/offline-ID.zip</c> at the end of the run, for <c>braid import clearml-offline</c>
/// and <c>Task.import_offline_session</c>.
/// </summary>
public sealed class ClearMLOfflineBackend(string folder) : IBackend
{
    private readonly string folder = Path.GetFullPath(folder);

    /// <summary>Where the SDK keeps its sessions.</summary>
    public static string DefaultFolder =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".clearml", "cache", "offline");

    /// <inheritdoc/>
    public string Name => "clearml-offline";

    /// <inheritdoc/>
    public string Address => folder;

    /// <inheritdoc/>
    public bool CanShareRuns => false;

    /// <inheritdoc/>
    public async Task<IRunSink> OpenAsync(RunStart start, SinkContext context, CancellationToken ct)
    {
        var id = start.RunId ?? $"offline-{RandomId.Of(32)}";
        var session = new SessionFolder(Path.Combine(folder, id));
        var task = await session.OpenAsync(ct) is { } begun
            ? OfflineTask.Read(begun)
            : OfflineTask.New(id, session.Path, start, ClearMLTask.NameOf(start.Name));
        return new ClearMLOfflineSink(id, session, task, context);
    }
}
