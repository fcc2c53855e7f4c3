using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Data.Remote;

/// <summary>
/// Files that are read from, or written to, where a URL says: <c>http</c> and <c>https</c> (reading only), <c>s3</c>, and
/// <c>file</c> in folders that the server exposes. Bytes pass through; nothing is buffered as a whole.
/// </summary>
public sealed class RemoteFiles(RemoteRules rules)
{
    /// <summary>Connections that are opened ahead of the file that is read.</summary>
    private const int mostAhead = 8;

    /// <summary>Appends what the URL has to <paramref name="path"/>, or with <paramref name="recursive"/> below it.</summary>
    /// <param name="concurrency">The most files to ask for at a time; 0: as the server likes.</param>
    public Task<Result<Unit>> AppendAsync<T>(
        FileEdits<T> edits,
        string path,
        string url,
        bool recursive,
        int concurrency,
        CancellationToken ct
    ) =>
        GuardAsync(
            url,
            async place =>
            {
                var ahead = concurrency <= 0 ? mostAhead : Math.Min(concurrency, mostAhead);
                await foreach (var (file, bytes) in OpenAsync(place.ListAsync(recursive, ct), ahead, ct))
                {
                    await using var watched = new WatchedStream(bytes, url, rules);
                    var target = file.Name.Length == 0 ? path : $"{path.TrimEnd('/')}/{file.Name}";
                    if ((await edits.AppendAsync(target, watched, ct)).Error is { } error)
                    {
                        return error;
                    }
                }

                return Unit.Value;
            }
        );

    /// <summary>Writes a listing's regular files below the URL, each under its own path.</summary>
    public Task<Result<Unit>> WriteAsync(
        Caller caller,
        Files files,
        FileListing listing,
        string url,
        CancellationToken ct
    ) =>
        caller.MayWriteData("what a URL names") is { } denied
            ? Task.FromResult<Result<Unit>>(denied)
            : GuardAsync(
                url,
                async place =>
                {
                    var (repo, set) = (listing.Commit.Name.Repo, listing.Commit.Name.Id);
                    await foreach (var found in listing.Entries.Where(entry => entry.Kind == EntryKind.File))
                    {
                        var at = new FileAt(repo, CommitSpec.OfId(set), found.Path);
                        if (!(await files.OpenAsync(caller, at, ct)).TryGet(out var opened, out var error))
                        {
                            return error;
                        }

                        await place.WriteAsync(found.Path.TrimStart('/'), opened, ct);
                    }

                    return Unit.Value;
                }
            );

    /// <summary>Writes every file of a tree, which is or is to become the content of a commit, below the URL; bytes written.</summary>
    public async Task<Result<long>> WriteAllAsync(
        ContentStore store,
        Commit commit,
        TreeRoot root,
        string url,
        CancellationToken ct
    )
    {
        var bytes = 0L;
        var written = await GuardAsync(
            url,
            async place =>
            {
                await foreach (var entry in store.WalkAsync(root, "/", null, ct))
                {
                    if (entry is { Kind: EntryKind.File, Content: { } content })
                    {
                        var file = new OpenedFile(store, commit, entry, content);
                        await place.WriteAsync(entry.Path.TrimStart('/'), file, ct);
                        bytes += content.Size;
                    }
                }

                return Unit.Value;
            }
        );
        return written.Select(_ => bytes);
    }

    private Result<IRemotePlace> Find(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return Errors.BadUrl(url);
        }

        IRemotePlace? place = address.Scheme switch
        {
            "http" or "https" => new WebPlace(address, rules),
            "s3" when address.Host.Length > 0 => new BucketPlace(
                BucketOf(url),
                Uri.UnescapeDataString(address.AbsolutePath).TrimStart('/')
            ),
            "file" when address.Host.Length == 0 => new FolderPlace(address.LocalPath, rules),
            _ => null,
        };
        return place is null ? Errors.UrlNotSupported(url, address.Scheme) : Result.Ok(place);
    }

    /// <summary>As it was given: a <see cref="Uri"/> has its host in lower case, and a branch may have capitals.</summary>
    private static string BucketOf(string url) => url.Split('/')[2];

    /// <summary>What goes wrong elsewhere is a refusal here: it is no fault of this server.</summary>
    private async Task<Result<Unit>> GuardAsync(string url, Func<IRemotePlace, Task<Result<Unit>>> use)
    {
        try
        {
            if (!Find(url).TryGet(out var place, out var error))
            {
                return error;
            }

            using (place)
            {
                return await use(place);
            }
        }
        catch (Exception failed) when (Refusal(failed) is { } refused)
        {
            return refused.Error;
        }
        catch (Exception failed)
            when (failed is HttpRequestException or AmazonServiceException or AmazonClientException)
        {
            return IsFinal(failed)
                ? Errors.RemoteRefused(url, failed.Message)
                : Errors.RemoteFailed(url, failed.Message);
        }
        catch (Exception failed) when (failed is FileNotFoundException or DirectoryNotFoundException)
        {
            return Errors.RemoteNotFound(url);
        }
        catch (UnauthorizedAccessException)
        {
            return Errors.RemoteRefused(url, "the server's user may not read or write it");
        }
    }

    /// <summary>The other side was reached, and will not answer otherwise when it is asked again.</summary>
    private static bool IsFinal(Exception failed) =>
        failed
            is AmazonServiceException
            {
                StatusCode: >= HttpStatusCode.BadRequest
                    and < HttpStatusCode.InternalServerError
                    and not HttpStatusCode.TooManyRequests
            };

    /// <summary>The HTTP client wraps what its connections throw.</summary>
    private static RemoteRefusal? Refusal(Exception? failed) =>
        failed is null ? null : failed as RemoteRefusal ?? Refusal(failed.InnerException);

    /// <summary>The files in order, each open, some of the next being opened already.</summary>
    private static async IAsyncEnumerable<(RemoteFile File, Stream Bytes)> OpenAsync(
        IAsyncEnumerable<RemoteFile> files,
        int ahead,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var opening = new Queue<(RemoteFile File, Task<Stream> Bytes)>();
        try
        {
            await foreach (var file in files)
            {
                opening.Enqueue((file, file.OpenAsync(ct)));
                if (opening.Count >= ahead)
                {
                    var (next, bytes) = opening.Dequeue();
                    yield return (next, await bytes);
                }
            }

            while (opening.TryDequeue(out var next))
            {
                yield return (next.File, await next.Bytes);
            }
        }
        finally
        {
            foreach (var (_, bytes) in opening)
            {
                await CloseAsync(bytes);
            }
        }
    }

    private static async Task CloseAsync(Task<Stream> opening)
    {
        try
        {
            await (await opening).DisposeAsync();
        }
        catch (Exception unread) when (unread is IOException or HttpRequestException or AmazonServiceException)
        {
            // Nobody waits for it any more: another file has failed before.
        }
    }
}
