using System.Text;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Data.Content;

/// <summary>Finds the file that is at a path just now.</summary>
internal delegate ValueTask<FileContent?> FileLookUp(string path, CancellationToken ct);

/// <summary>
/// Keeps the writers of one commit apart: a path belongs to the datum tag that wrote it first, until that one deletes it.
/// What another writes there is left out and noted as a duplicate, which stays one: the commit fails when it is finished.
/// Only tags other than the usual one are written down. A file that has none and differs from the parent's was written under the
/// usual tag; one that equals the parent's belongs to nobody, and whoever comes first may replace it. So edits without tags cost
/// nothing.
/// </summary>
internal sealed class DatumLedger(ContentHold hold, TreeRoot parent, DatumMarks start)
{
    private const int mostPending = 64 * 1024;

    private readonly Dictionary<string, string?> pending = new(StringComparer.Ordinal);
    private readonly Dictionary<Sha256Hash, string> known = [];
    private readonly Dictionary<string, FileContent> stored = new(StringComparer.Ordinal);
    private TreeRoot tags = start.Tags;
    private string duplicate = start.Duplicate;

    /// <summary>Takes note of an edit; false: its path is another writer's, and the edit is not to be applied.</summary>
    public async ValueTask<bool> AdmitAsync(FileEdit edit, FileLookUp find, CancellationToken ct)
    {
        if (edit.Datum.Length == 0 && tags.IsEmpty && pending.Count == 0)
        {
            return true;
        }

        switch (edit)
        {
            case FileEdit.Append or FileEdit.Put:
                return await ClaimAsync(edit, find, ct);
            case FileEdit.DeleteFile:
                return await ReleaseAsync(edit, find, ct);
            case FileEdit.DeleteTree:
                await ForgetBelowAsync(edit.Path, ct);
                return true;
            case FileEdit.Graft graft:
                await NoteReplacedAsync(graft, ct);
                await ForgetBelowAsync(edit.Path, ct);
                return true;
            default:
                throw new InvalidOperationException($"no rule for the writer of {edit}");
        }
    }

    /// <summary>What the commit is to remember; durable, where there is something.</summary>
    public async Task<Result<DatumMarks>> SealAsync(CancellationToken ct)
    {
        if ((await FlushAsync(ct)).Error is { } error)
        {
            return error;
        }

        return tags.IsEmpty
            ? new DatumMarks(tags, duplicate)
            : (await hold.SealAsync(tags, ct)).Select(root => new DatumMarks(root, duplicate));
    }

    private async ValueTask<bool> ClaimAsync(FileEdit edit, FileLookUp find, CancellationToken ct)
    {
        if (await OwnerAsync(edit.Path, find, ct) is { } owner && owner != DatumTag.Of(edit))
        {
            Note(edit.Path, owner, DatumTag.Of(edit));
            return false;
        }

        if (edit.Datum.Length > 0)
        {
            await MarkAsync(edit.Path, edit.Datum, ct);
        }

        return true;
    }

    private async ValueTask<bool> ReleaseAsync(FileEdit edit, FileLookUp find, CancellationToken ct)
    {
        if (await OwnerAsync(edit.Path, find, ct) is { } owner && owner != DatumTag.Of(edit))
        {
            return false;
        }

        if (edit.Datum.Length > 0)
        {
            await MarkAsync(edit.Path, null, ct);
        }

        return true;
    }

    private async ValueTask<string?> OwnerAsync(string path, FileLookUp find, CancellationToken ct)
    {
        if (await TagAsync(path, ct) is { } tag)
        {
            return tag;
        }

        return await find(path, ct) is { } now && now != await InParentAsync(path, ct) ? DatumTag.Usual : null;
    }

    private async ValueTask<string?> TagAsync(string path, CancellationToken ct)
    {
        if (pending.TryGetValue(path, out var tag))
        {
            return tag;
        }

        return !tags.IsEmpty && await hold.Store.FindAsync(tags, path, ct) is { Content: { } mark }
            ? await ReadAsync(mark, ct)
            : null;
    }

    private async ValueTask<FileContent?> InParentAsync(string path, CancellationToken ct) =>
        parent.IsEmpty ? null : (await hold.Store.FindAsync(parent, path, ct))?.Content;

    private async ValueTask<string> ReadAsync(FileContent mark, CancellationToken ct)
    {
        if (!known.TryGetValue(mark.Hash, out var tag))
        {
            using var reader = new StreamReader(hold.Store.OpenRead(mark), Encoding.UTF8);
            known[mark.Hash] = tag = await reader.ReadToEndAsync(ct);
        }

        return tag;
    }

    private async ValueTask MarkAsync(string path, string? tag, CancellationToken ct)
    {
        pending[path] = tag;
        if (pending.Count % mostPending == 0)
        {
            // What is refused here may be right once the edits to come have been seen; it is kept, and flushed with them.
            await FlushAsync(ct);
        }
    }

    /// <summary>A file or directory takes the place of all that is there; what others wrote under the same paths is a duplicate.</summary>
    private async ValueTask NoteReplacedAsync(FileEdit.Graft graft, CancellationToken ct)
    {
        await foreach (var mark in BelowAsync(graft.Path, ct))
        {
            var inSource = mark.Path[graft.Path.TrimEnd('/').Length..];
            if (mark.Content is { } content && await HasFileAsync(graft.Source, inSource, ct))
            {
                Note(mark.Path, await ReadAsync(content, ct), DatumTag.Of(graft));
            }
        }
    }

    private async ValueTask<bool> HasFileAsync(TreeEntry source, string path, CancellationToken ct) =>
        path.Length == 0
            ? source.Content is not null
            : source.Content is null
                && await hold.Store.FindAsync(new(source.ContentHash), path, ct) is { Content: not null };

    private async IAsyncEnumerable<TreeEntry> BelowAsync(
        string path,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        await FlushAsync(ct);
        await foreach (var entry in hold.Store.WalkAsync(tags, path, null, ct))
        {
            if (IsAtOrBelow(entry.Path, path))
            {
                yield return entry;
            }
        }
    }

    private async ValueTask ForgetBelowAsync(string path, CancellationToken ct)
    {
        if (!(await FlushAsync(ct)).IsOk)
        {
            foreach (var mark in pending.Keys.Where(mark => IsAtOrBelow(mark, path)).ToList())
            {
                pending.Remove(mark);
            }
        }

        var edits = new[] { new TreeEdit.DeleteTree(path) };
        if (!tags.IsEmpty && (await hold.ApplyAsync(tags, edits, ct)).TryGet(out var left, out _))
        {
            tags = left;
        }
    }

    private static bool IsAtOrBelow(string path, string top) =>
        path == top || path.StartsWith($"{top.TrimEnd('/')}/", StringComparison.Ordinal);

    private async Task<Result<Unit>> FlushAsync(CancellationToken ct)
    {
        if (pending.Count == 0)
        {
            return Unit.Value;
        }

        var edits = new List<TreeEdit>(pending.Count);
        edits.AddRange(pending.Where(mark => mark.Value is null).Select(mark => new TreeEdit.DeleteFile(mark.Key)));
        foreach (var (path, tag) in pending)
        {
            if (tag is not null)
            {
                edits.Add(new TreeEdit.Put(path, await StoredAsync(tag, ct)));
            }
        }

        if (!(await hold.ApplyAsync(tags, edits, ct)).TryGet(out var applied, out var refused))
        {
            return refused.Kind == ErrorKind.FailedPrecondition ? Errors.PathCollision(refused.Message) : refused;
        }

        tags = applied;
        pending.Clear();
        return Unit.Value;
    }

    private async ValueTask<FileContent> StoredAsync(string tag, CancellationToken ct)
    {
        if (!stored.TryGetValue(tag, out var content))
        {
            stored[tag] = content = await hold.WriteAsync(Encoding.UTF8.GetBytes(tag), ct);
        }

        return content;
    }

    private void Note(string path, string one, string other)
    {
        if (duplicate.Length == 0)
        {
            var (first, second) = string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
            duplicate = Errors.DuplicatePath(path, first, second).Message;
        }
    }
}
