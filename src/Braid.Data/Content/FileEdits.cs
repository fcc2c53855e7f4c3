using Braid.Access.Callers;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Data.Content;

/// <summary>
/// Changes to the files of one commit, in order, applied all at once or not at all. Bytes go to the content store as they
/// come; nothing is visible before <see cref="ApplyAsync"/>. Not for use by several threads at a time.
/// </summary>
public sealed class FileEdits
{
    private readonly Caller caller;
    private readonly RepoName repo;
    private readonly CommitSpec target;
    private readonly ContentStore store;
    private readonly FileReader reader;
    private readonly EditPublisher publisher;
    private readonly List<FileEdit> edits = [];
    private readonly List<FileContent> parts = [];
    private string partsOf = "";

    internal FileEdits(
        Caller caller,
        RepoName repo,
        CommitSpec target,
        ContentStore store,
        FileReader reader,
        EditPublisher publisher
    )
    {
        this.caller = caller;
        this.repo = repo;
        this.target = target;
        this.store = store;
        this.reader = reader;
        this.publisher = publisher;
    }

    /// <summary>Adds bytes to the end of a file; makes it when it is not there.</summary>
    public async Task<Result<Unit>> AppendAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        if (!FileName(path).TryGet(out var stored, out var bad))
        {
            return bad;
        }

        await AppendAsync(stored, await store.WriteAsync(bytes, ct), ct);
        return Unit.Value;
    }

    /// <inheritdoc cref="AppendAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/>
    public async Task<Result<Unit>> AppendAsync(string path, Stream bytes, CancellationToken ct)
    {
        if (!FileName(path).TryGet(out var stored, out var bad))
        {
            return bad;
        }

        await AppendAsync(stored, await store.WriteAsync(bytes, ct), ct);
        return Unit.Value;
    }

    /// <summary>Puts content that is stored already in place of what is at the path.</summary>
    public async Task<Result<Unit>> PutAsync(string path, FileContent content, CancellationToken ct)
    {
        if (!FileName(path).TryGet(out var stored, out var bad))
        {
            return bad;
        }

        await AddAsync(new FileEdit.Put(stored, content), ct);
        return Unit.Value;
    }

    /// <summary>Removes a file; with a trailing slash, a directory and everything in it. Nothing there is no error.</summary>
    public async Task<Result<Unit>> DeleteAsync(string path, CancellationToken ct)
    {
        if (!FilePath.ForWriting(path).TryGet(out var stored, out var bad))
        {
            return bad;
        }

        await AddAsync(
            path.Length == 0 || path.EndsWith('/') ? new FileEdit.DeleteTree(stored) : new FileEdit.DeleteFile(stored),
            ct
        );
        return Unit.Value;
    }

    /// <summary>Copies a file or directory of any readable commit, in place of what is there, or to its end.</summary>
    public async Task<Result<Unit>> CopyAsync(FileAt from, string to, bool append, CancellationToken ct)
    {
        if (!FilePath.ForWriting(to).TryGet(out var stored, out var bad))
        {
            return bad;
        }

        if (!(await reader.FindAsync(caller, from, ct)).TryGet(out var source, out var missing))
        {
            return missing;
        }

        if (!append)
        {
            await AddAsync(new FileEdit.Graft(stored, source.Entry), ct);
            return Unit.Value;
        }

        var below = source.Entry.Path.TrimEnd('/').Length;
        await foreach (var entry in reader.Walk(source, null, ct))
        {
            if (entry.Content is { } content)
            {
                await AppendAsync($"{stored.TrimEnd('/')}{entry.Path[below..]}", content, ct);
            }
        }

        return Unit.Value;
    }

    /// <summary>Applies all changes; the commit as it is then. Durable when it returns.</summary>
    public async Task<Result<Commit>> ApplyAsync(CancellationToken ct)
    {
        await CloseFileAsync(ct);
        return await publisher.PublishAsync(caller.Name, repo, target, edits, ct);
    }

    private static Result<string> FileName(string path) =>
        FilePath.ForWriting(path).Then(stored => stored == "/" ? Errors.FileNameMissing() : (Result<string>)stored);

    private async Task AppendAsync(string path, FileContent content, CancellationToken ct)
    {
        if (path != partsOf)
        {
            await CloseFileAsync(ct);
            partsOf = path;
        }

        parts.Add(content);
    }

    private async Task AddAsync(FileEdit edit, CancellationToken ct)
    {
        await CloseFileAsync(ct);
        edits.Add(edit);
    }

    /// <summary>Joins the parts of the file that was being appended to, so that their borders leave no mark.</summary>
    private async Task CloseFileAsync(CancellationToken ct)
    {
        if (parts.Count > 0)
        {
            var whole = parts.Count == 1 ? parts[0] : await store.ConcatAsync([.. parts], ct);
            edits.Add(new FileEdit.Append(partsOf, whole));
            parts.Clear();
            partsOf = "";
        }
    }
}
