using System.Runtime.CompilerServices;
using System.Text;
using Braid.Data.Content;
using Braid.Data.History;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Requests;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Gateway.S3.Objects;

/// <summary>
/// One page of a bucket. With the delimiter it lists one directory, whose subdirectories are the common prefixes; without,
/// it walks. Both start behind the marker and read no more than the page holds, and one entry to see whether more follows.
/// </summary>
/// <param name="Commit">Null where there is no commit, or no such directory.</param>
internal sealed record ListPage(Commit? Commit, IReadOnlyList<TreeEntry> Entries, bool More)
{
    /// <summary>The last key or prefix shown.</summary>
    public string Last => Entries.Count == 0 ? "" : ObjectPath.KeyOf(Entries[^1].Path);

    public static async Task<ListPage> ReadAsync(S3Request request, BucketName bucket, ListQuery query)
    {
        var at = new FileAt(bucket.Branch.Repo, bucket.Spec, ObjectPath.OfKey(query.Prefix));
        var listing = await (query.Delimiter.Length == 0 ? Walk(request, at, query) : List(request, at, query));
        if (!listing.TryGet(out var found, out _) || query.MaxKeys == 0)
        {
            return new(null, [], false);
        }

        var entries = new List<TreeEntry>();
        await foreach (var entry in SelectAsync(found.Entries, query, request.Aborted))
        {
            if (entries.Count == query.MaxKeys)
            {
                return new(found.Commit, entries, true);
            }

            entries.Add(entry);
        }

        return new(found.Commit, entries, false);
    }

    private static Task<Result<FileListing>> Walk(S3Request request, FileAt prefix, ListQuery query)
    {
        var after = query.After.Length == 0 ? null : ObjectPath.OfKey(query.After);
        return request.Data.Files.WalkPrefixAsync(request.Caller, prefix, after, request.Aborted);
    }

    private static Task<Result<FileListing>> List(S3Request request, FileAt prefix, ListQuery query)
    {
        var slash = prefix.Path.LastIndexOf('/') + 1;
        var directory = prefix.Path[..slash];
        var after = ObjectPath.OfKey(query.After);
        var options = new ListOptions
        {
            Prefix = prefix.Path[slash..],
            After = after.StartsWith(directory, StringComparison.Ordinal) ? Child(after[slash..]) : null,
        };
        return request.Data.Files.ListAsync(request.Caller, prefix with { Path = directory }, options, request.Aborted);
    }

    /// <summary>The child that a marker lies in; null to begin with the first.</summary>
    private static string? Child(string marker)
    {
        var slash = marker.IndexOf('/', StringComparison.Ordinal);
        var child = slash < 0 || slash == marker.Length - 1 ? marker : marker[..slash];
        return child.Length == 0 ? null : child;
    }

    private static async IAsyncEnumerable<TreeEntry> SelectAsync(
        IAsyncEnumerable<TreeEntry> entries,
        ListQuery query,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var prefix = ObjectPath.OfKey(query.Prefix);
        var after = Encoding.UTF8.GetBytes(query.After);
        await foreach (var entry in entries.WithCancellation(ct))
        {
            var shown = entry.Kind == EntryKind.File || query.Delimiter.Length > 0;
            if (shown && entry.Path.StartsWith(prefix, StringComparison.Ordinal) && IsAfter(entry, after))
            {
                yield return entry;
            }
        }
    }

    /// <summary>A directory counts while anything in it does; one that is itself the marker is done.</summary>
    private static bool IsAfter(TreeEntry entry, byte[] after)
    {
        var key = Encoding.UTF8.GetBytes(ObjectPath.KeyOf(entry.Path));
        var within = entry.Kind == EntryKind.Directory && after.Length > key.Length && after.AsSpan().StartsWith(key);
        return within || key.AsSpan().SequenceCompareTo(after) > 0;
    }
}
