using System.Text;
using Braid.Data.Content;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Objects;
using Braid.Gateway.S3.Requests;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Gateway.S3.Versions;

/// <summary>
/// One page of a bucket's versions: 1 the branch's commits from the newest to the oldest, each held against the one before;
/// 2 what changed below the prefix, by key, no more than the page can show; 3 the first of those.
/// A page costs what ever changed below the prefix, not what is there.
/// </summary>
internal sealed class VersionPage
{
    private readonly SortedDictionary<byte[], List<ObjectVersion>> byKey = new(
        Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))
    );

    private readonly VersionQuery query;
    private int held;
    private bool markerSeen;

    private VersionPage(VersionQuery query) => this.query = query;

    /// <summary>By key, each key's newest first.</summary>
    public IReadOnlyList<ObjectVersion> Versions { get; private set; } = [];

    /// <summary>What stands for the keys that have the delimiter after the prefix.</summary>
    public IReadOnlyList<string> CommonPrefixes { get; private set; } = [];

    public bool More { get; private set; }

    /// <summary>Where the next page begins.</summary>
    public (string Key, string Version) Next { get; private set; } = ("", "");

    public static async Task<Result<VersionPage>> ReadAsync(S3Request request, BucketName bucket, VersionQuery query)
    {
        var page = new VersionPage(query);
        if (query.Listing.MaxKeys == 0)
        {
            return page;
        }

        // 1
        var line = new CommitQuery { To = bucket.Spec };
        var listed = await request.Data.Commits.ListAsync(request.Caller, bucket.Branch.Repo, line, request.Aborted);
        if (!listed.TryGet(out var commits, out var error))
        {
            return error;
        }

        Commit? newer = null;
        await foreach (var commit in commits.Where(commit => commit.IsFinished && !commit.HasFailed))
        {
            if (newer is not null && (await page.AddAsync(request, newer, commit)).Error is { } failed)
            {
                return failed;
            }

            newer = commit;
        }

        if (newer is not null && (await page.AddAsync(request, newer, null)).Error is { } last)
        {
            return last;
        }

        page.Select();
        return page;
    }

    // 2
    private async Task<Result<Unit>> AddAsync(S3Request request, Commit commit, Commit? older)
    {
        var prefix = ObjectPath.OfKey(query.Listing.Prefix);
        var directory = prefix[..(prefix.LastIndexOf('/') + 1)];
        var repo = commit.Name.Repo;
        var now = new FileAt(repo, CommitSpec.OfId(commit.Name.Id), directory);
        var differences = older is null
            ? await AllAsync(request, now)
            : await ChangesAsync(request, now, now with { Commit = CommitSpec.OfId(older.Name.Id) });
        if (!differences.TryGet(out var changes, out var error))
        {
            return error;
        }

        await foreach (var (path, file) in changes)
        {
            Add(commit, ObjectPath.KeyOf(path), file);
        }

        return Unit.Value;
    }

    private static async Task<Result<IAsyncEnumerable<(string Path, TreeEntry? File)>>> AllAsync(
        S3Request request,
        FileAt directory
    )
    {
        var walk = await request.Data.Files.WalkPrefixAsync(request.Caller, directory, null, request.Aborted);
        return walk.Select(found =>
            found.Entries.Where(entry => entry.Kind == EntryKind.File).Select(entry => (entry.Path, (TreeEntry?)entry))
        );
    }

    private static async Task<Result<IAsyncEnumerable<(string Path, TreeEntry? File)>>> ChangesAsync(
        S3Request request,
        FileAt now,
        FileAt old
    )
    {
        var diff = await request.Data.Files.DiffAsync(request.Caller, now, old, request.Aborted);
        return diff.Select(found =>
            found
                .Changes.Where(change => (change.New ?? change.Old)?.Kind == EntryKind.File)
                .Select(change => ((change.New ?? change.Old)?.Path ?? "", change.New))
        );
    }

    private void Add(Commit commit, string key, TreeEntry? file)
    {
        var shown = query.CommonPrefixOf(key) ?? key;
        if (!query.Wants(shown))
        {
            return;
        }

        if (shown == query.KeyMarker && !markerSeen)
        {
            markerSeen = $"{commit.Name.Id}" == query.VersionMarker;
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(shown);
        if (!byKey.TryGetValue(bytes, out var versions))
        {
            byKey.Add(bytes, versions = []);
        }

        if (shown == key || versions.Count == 0)
        {
            versions.Add(new(shown, commit, file, versions.Count == 0 && shown != query.KeyMarker));
            held++;
            Trim();
        }
    }

    // The last key can go as soon as what is before it fills the page, and one more to see that there is more.
    private void Trim()
    {
        while (byKey.Count > 1 && byKey.Last() is var last && held - last.Value.Count > query.Listing.MaxKeys)
        {
            held -= last.Value.Count;
            byKey.Remove(last.Key);
        }
    }

    // 3
    private void Select()
    {
        var all = byKey.Values.SelectMany(versions => versions).Take(query.Listing.MaxKeys + 1).ToList();
        More = all.Count > query.Listing.MaxKeys;
        var shown = all.Take(query.Listing.MaxKeys).ToList();
        var prefixes = shown.ToLookup(version => query.CommonPrefixOf(version.Key) is not null);
        Versions = [.. prefixes[false]];
        CommonPrefixes = [.. prefixes[true].Select(version => version.Key)];
        Next = More ? (shown[^1].Key, $"{shown[^1].Commit.Name.Id}") : Next;
    }
}
