using Braid.Access.Callers;
using Braid.Data.EditLogs;
using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;

namespace Braid.Data.Content;

/// <summary>
/// Changes to files, in order, applied all at once or not at all. Bytes go to the content store as they come, and stay
/// until this is disposed of; nothing is visible before <see cref="ApplyAsync"/>. Any number of changes takes the same memory. Not for use by several threads at
/// a time.
/// </summary>
/// <typeparam name="T">What they make: a commit, or a file set.</typeparam>
public sealed class FileEdits<T> : IDisposable
{
    private readonly Caller caller;
    private readonly FileReader reader;
    private readonly Func<ContentHold, EditLog, CancellationToken, Task<Result<T>>> apply;
    private readonly ContentHold hold;
    private readonly EditLog log;
    private readonly GrowingFile file;
    private FileEdit.DeleteFile? deleted;
    private string? open;
    private string writer = "";

    internal FileEdits(
        Caller caller,
        ContentStore store,
        FileReader reader,
        Func<ContentHold, EditLog, CancellationToken, Task<Result<T>>> apply
    )
    {
        this.caller = caller;
        this.reader = reader;
        this.apply = apply;
        log = new(store);
        hold = store.Hold();
        file = new(hold);
    }

    /// <summary>
    /// Says who makes the changes from now on: where several writers (datums) write to one commit, and two write the same
    /// path, the commit fails when it is finished.
    /// </summary>
    /// <param name="datum">Their tag; <c>default</c> and an empty one are the same.</param>
    public async ValueTask<Result<Unit>> WriteAsAsync(string datum, CancellationToken ct)
    {
        if (!DatumTag.Parse(datum).TryGet(out var tag, out var bad))
        {
            return bad;
        }

        if (tag != writer)
        {
            await CloseAsync(ct);
            writer = tag;
        }

        return Unit.Value;
    }

    /// <summary>Adds bytes to the end of a file; makes it when it is not there.</summary>
    public async ValueTask<Result<Unit>> AppendAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        if (!FileName(path).TryGet(out var stored, out var bad))
        {
            return bad;
        }

        await OpenAsync(stored, ct);
        await file.AddAsync(bytes, ct);
        return Unit.Value;
    }

    /// <inheritdoc cref="AppendAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/>
    public async Task<Result<Unit>> AppendAsync(string path, Stream bytes, CancellationToken ct)
    {
        if (!FileName(path).TryGet(out var stored, out var bad))
        {
            return bad;
        }

        await OpenAsync(stored, ct);
        await file.AddAsync(bytes, ct);
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
    public async ValueTask<Result<Unit>> DeleteAsync(string path, CancellationToken ct)
    {
        if (!FilePath.ForWriting(path).TryGet(out var stored, out var bad))
        {
            return bad;
        }

        if (path.Length == 0 || path.EndsWith('/'))
        {
            await AddAsync(new FileEdit.DeleteTree(stored), ct);
            return Unit.Value;
        }

        await CloseAsync(ct);
        deleted = new(stored);
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

        if (!append && writer.Length == 0)
        {
            await AddAsync(new FileEdit.Graft(stored, source.Entry), ct);
            return Unit.Value;
        }

        var below = source.Entry.Path.TrimEnd('/').Length;
        await foreach (var entry in reader.Walk(source, null, ct))
        {
            if (entry.Content is { } content)
            {
                await CopyAsync(content, $"{stored.TrimEnd('/')}{entry.Path[below..]}", append, ct);
            }
        }

        return Unit.Value;
    }

    /// <summary>Applies all changes and answers what they made. Durable when it returns.</summary>
    public async Task<Result<T>> ApplyAsync(CancellationToken ct)
    {
        await CloseAsync(ct);
        return await apply(hold, log, ct);
    }

    public void Dispose()
    {
        file.Dispose();
        log.Dispose();
        hold.Dispose();
    }

    private async ValueTask CopyAsync(FileContent content, string to, bool append, CancellationToken ct)
    {
        if (!append)
        {
            await AddAsync(new FileEdit.Put(to, content), ct);
            return;
        }

        await OpenAsync(to, ct);
        await file.AddAsync(content, ct);
    }

    private Result<string> FileName(string path) =>
        path == open
            ? path
            : FilePath
                .ForWriting(path)
                .Then(stored => stored == "/" ? Errors.FileNameMissing() : (Result<string>)stored);

    private async ValueTask OpenAsync(string path, CancellationToken ct)
    {
        if (path == open)
        {
            return;
        }

        if (open is not null || deleted?.Path != path)
        {
            await CloseAsync(ct);
        }

        open = path;
    }

    private async ValueTask AddAsync(FileEdit edit, CancellationToken ct)
    {
        await CloseAsync(ct);
        await LogAsync(edit, ct);
    }

    private ValueTask LogAsync(FileEdit edit, CancellationToken ct) => log.AddAsync(edit with { Datum = writer }, ct);

    /// <summary>Logs what is pending: the file that was appended to, the deletion, or both as one.</summary>
    private async ValueTask CloseAsync(CancellationToken ct)
    {
        if (open is { } path)
        {
            var content = await file.FinishAsync(ct);
            await LogAsync(deleted is null ? new FileEdit.Append(path, content) : new FileEdit.Put(path, content), ct);
        }
        else if (deleted is { } edit)
        {
            await LogAsync(edit, ct);
        }

        (open, deleted) = (null, null);
    }
}
