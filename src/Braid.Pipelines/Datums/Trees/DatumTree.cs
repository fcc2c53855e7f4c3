using System.Runtime.CompilerServices;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Datums.Trees;

/// <summary>
/// The datums of a job as a content-addressed tree, read: a record each and what it wrote. Two jobs' trees share all that is
/// the same, and differ by what changed.
/// </summary>
internal sealed class DatumTree(ContentStore content, TreeRoot root)
{
    /// <summary>A record for each datum, by its id.</summary>
    public const string Records = "/meta";

    /// <summary>A directory for each datum that wrote something: its output.</summary>
    public const string Outputs = "/out";

    /// <summary>An empty file for each datum that the job had to run.</summary>
    public const string Own = "/run";

    /// <summary>An empty file for each datum that was not processed well, so that the next job has to run it again.</summary>
    public const string Retry = "/retry";

    public TreeRoot Root => root;

    public async Task<long> CountAsync(string folder, CancellationToken ct) =>
        (await content.FindAsync(root, folder, ct))?.Files ?? 0;

    public async Task<bool> HasAsync(string folder, Sha256Hash id, CancellationToken ct) =>
        await content.FindAsync(root, $"{folder}/{id}", ct) is not null;

    public async Task<DatumRecord?> FindAsync(Sha256Hash id, CancellationToken ct) =>
        await content.FindAsync(root, $"{Records}/{id}", ct) is { } entry ? await ReadAsync(entry, ct) : null;

    /// <summary>What a datum wrote, as a directory; null for nothing.</summary>
    public Task<TreeEntry?> OutputAsync(Sha256Hash id, CancellationToken ct) =>
        content.FindAsync(root, $"{Outputs}/{id}/", ct);

    /// <summary>The ids in one of the folders, in order; only those after (backwards: before) the given one.</summary>
    public async IAsyncEnumerable<Sha256Hash> IdsAsync(
        string folder,
        Sha256Hash? after,
        bool backwards,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var options = new ListOptions { After = after?.ToString(), Reverse = backwards };
        await foreach (var entry in content.ListAsync(root, folder, options, ct))
        {
            yield return IdOf(entry);
        }
    }

    /// <summary>All outputs with the ids of the datums that wrote them.</summary>
    public async IAsyncEnumerable<(Sha256Hash Id, TreeEntry Output)> OutputsAsync(
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var entry in content.ListAsync(root, Outputs, new(), ct))
        {
            yield return (IdOf(entry), entry);
        }
    }

    /// <summary>All records, in the order of their ids.</summary>
    public IAsyncEnumerable<TreeEntry> RecordsAsync(CancellationToken ct) =>
        content.ListAsync(root, Records, new(), ct);

    public async Task<DatumRecord> ReadAsync(TreeEntry record, CancellationToken ct)
    {
        var bytes = new byte[record.Size];
        await using var file = content.OpenRead(record.Content ?? FileContent.Empty);
        await file.ReadExactlyAsync(bytes, ct);
        return DatumRecordFormat.Decode(IdOf(record), bytes);
    }

    /// <summary>The datum that an entry is about: its name.</summary>
    public static Sha256Hash IdOf(TreeEntry entry) =>
        Sha256Hash.TryParse(entry.Name, out var id)
            ? id
            : throw new CorruptionException($"'{entry.Path}' of a tree of datums is no datum's id");
}
