using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Tracking.Artifacts;

/// <summary>Files of any size by path. Paths are refused (<c>tracking.bad-path</c>) when they leave their space.</summary>
public sealed class Artifacts(Database database, ContentStore store, TimeProvider clock)
{
    /// <summary>Stores what the stream gives until its end, in place of what was there; durable when it returns.</summary>
    /// <param name="run">The run that the file belongs to, where the door knows it.</param>
    public Task<Result<StoredFile>> PutAsync(
        Caller caller,
        string space,
        string path,
        Stream content,
        RunId? run,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>The file or folder at the path; the space itself is the folder "".</summary>
    public Task<Result<StoredFile>> StatAsync(Caller caller, string space, string path, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<OpenFile>> OpenAsync(Caller caller, string space, string path, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>The files and folders directly in a folder, by path; nothing when there is no such folder.</summary>
    public Task<Result<IReadOnlyList<StoredFile>>> ListAsync(
        Caller caller,
        string space,
        string folder,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Removes a file, or a folder with everything in it; the number of files that went.</summary>
    public Task<Result<long>> DeleteAsync(Caller caller, string space, string path, CancellationToken ct) =>
        throw new NotImplementedException();
}
