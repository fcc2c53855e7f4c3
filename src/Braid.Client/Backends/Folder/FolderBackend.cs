namespace Braid.Client.Backends.Folder;

/// <summary>
/// A folder that people and programs can read: JSON lines and files, in <c>ROOT/PROJECT/NAME-TIME-ID/</c>. The README of this module
/// says what is in it.
/// </summary>
public sealed class FolderBackend(string root) : IBackend
{
    private readonly string root = Path.GetFullPath(root);

    /// <inheritdoc/>
    public string Name => "folder";

    /// <inheritdoc/>
    public string Address => root;

    /// <inheritdoc/>
    public bool CanShareRuns => false;

    /// <inheritdoc/>
    public Task<IRunSink> OpenAsync(RunStart start, SinkContext context, CancellationToken ct)
    {
        var id = start.RunId ?? NewId(start);
        var folder = Path.Combine(root, ContentFiles.Safe(start.Project ?? "default"), ContentFiles.SafePart(id));
        Directory.CreateDirectory(folder);
        return Task.FromResult<IRunSink>(new FolderSink(id, folder, start, context));
    }

    private static string NewId(RunStart start)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(start.StartedAt);
        return $"{ContentFiles.SafePart(start.Name)}-{time:yyyyMMdd-HHmmss}-{RandomId.Of(8)}";
    }
}
