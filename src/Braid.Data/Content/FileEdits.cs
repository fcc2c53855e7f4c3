using Braid.Data.History;
using Braid.Primitives;
using Braid.Storage.Files;

namespace Braid.Data.Content;

/// <summary>
/// Changes to the files of one commit, in order, applied all at once or not at all. Bytes go to the content store as they
/// come; nothing is visible before <see cref="ApplyAsync"/>. Not for use by several threads at a time.
/// </summary>
public sealed class FileEdits
{
    /// <summary>Adds bytes to the end of a file; makes it when it is not there.</summary>
    public Task<Result<Unit>> AppendAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <inheritdoc cref="AppendAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/>
    public Task<Result<Unit>> AppendAsync(string path, Stream bytes, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Puts content that is stored already in place of what is at the path.</summary>
    public Result<Unit> Put(string path, FileContent content) => throw new NotImplementedException();

    /// <summary>Removes a file; with a trailing slash, a directory and everything in it. Nothing there is no error.</summary>
    public Result<Unit> Delete(string path) => throw new NotImplementedException();

    /// <summary>Copies a file or directory of any readable commit, in place of what is there, or to its end.</summary>
    public Task<Result<Unit>> CopyAsync(FileAt from, string to, bool append, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Applies all changes; the commit as it is then. Durable when it returns.</summary>
    public Task<Result<Commit>> ApplyAsync(CancellationToken ct) => throw new NotImplementedException();
}
