using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Transfers;
using Braid.Grpc.Statuses;
using Braid.Protos.Pfs;

namespace Braid.Cli.Uploads;

/// <summary>
/// Sends a large upload in segments:
/// 1. each becomes a file set on the server, several at a time; one that the journal knows and the server still keeps is not
///    sent again;
/// 2. the server is reminded to keep them while the upload lasts (half an hour each time, and so after an interruption);
/// 3. all are added to the commit in order: nothing is visible before.
/// </summary>
internal sealed class SegmentedUpload(
    PachClient pach,
    UploadJournal journal,
    TimeProvider clock,
    TransferProgress progress
)
{
    private const int mostAtOnce = 4;
    private const int readersEach = 2;
    private const int lifeSeconds = 30 * 60;

    private static readonly TimeSpan remindEvery = TimeSpan.FromMinutes(10);

    private readonly Reconnecting reconnecting = new(clock);
    private readonly SortedDictionary<int, string> sets = [];

    public bool Appends { get; init; }

    public bool Compresses { get; init; }

    public required int Parallelism { get; init; }

    public async Task RunAsync(Commit target, IEnumerable<UploadPart> parts, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // (2)
        var reminding = RemindAsync(stop.Token);
        try
        {
            // (1)
            await Parallel.ForEachAsync(
                Segment.Of(parts).Index(),
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = Math.Min(Parallelism, mostAtOnce),
                    CancellationToken = ct,
                },
                async (segment, end) =>
                {
                    var id = await SendAsync(segment.Item, end);
                    lock (sets)
                    {
                        sets[segment.Index] = id;
                    }
                }
            );
            // (3)
            await AddAsync(target, ct);
        }
        finally
        {
            await stop.CancelAsync();
            await reminding;
        }
    }

    /// <summary>False of a server that keeps no file sets: all goes to it in one stream.</summary>
    public async Task<bool> IsOfferedAsync(CancellationToken ct)
    {
        try
        {
            var nothing = AsyncEnumerable.Empty<ModifyFileRequest>();
            await pach.SendAsync(PfsMethods.CreateFileSet, nothing, ct);
            return true;
        }
        catch (GrpcException refused) when (refused.Status.Code == GrpcCode.Unimplemented)
        {
            return false;
        }
    }

    private async Task<string> SendAsync(Segment segment, CancellationToken ct)
    {
        var key = segment.Key(Appends);
        if (key is not null && journal.Find(key) is { } known && await IsKeptAsync(known, ct))
        {
            var files = segment.Parts.OfType<FilePart>().ToList();
            progress.Skip(files.Count(file => file.Offset == 0), files.Sum(file => file.Length));
            return known;
        }

        var id = "";
        // What can be read only once cannot be sent again.
        await (key is null ? MakeAsync() : reconnecting.RunAsync(MakeAsync, ct));
        if (await IsKeptAsync(id, ct) && key is not null)
        {
            journal.Note(key, id);
        }

        return id;

        async Task MakeAsync()
        {
            var requests = new UploadStream(Appends, readersEach, progress).RequestsAsync(segment.Parts, ct);
            id = (await pach.SendAsync(PfsMethods.CreateFileSet, requests, Compresses, ct)).FileSetId;
        }
    }

    private async Task<bool> IsKeptAsync(string id, CancellationToken ct)
    {
        try
        {
            var request = new RenewFileSetRequest { FileSetId = id, TtlSeconds = lifeSeconds };
            await pach.CallAsync(PfsMethods.RenewFileSet, request, ct);
            return true;
        }
        catch (GrpcException gone) when (gone.Status.Code == GrpcCode.NotFound)
        {
            return false;
        }
    }

    private async Task RemindAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(remindEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                string[] kept;
                lock (sets)
                {
                    kept = [.. sets.Values];
                }

                foreach (var id in kept)
                {
                    await IsKeptAsync(id, ct);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The upload has ended.
        }
        catch (GrpcException)
        {
            // Whoever sends finds the same, and says so; a set that is gone is named when it is added.
        }
    }

    private async Task AddAsync(Commit target, CancellationToken ct)
    {
        if (await OpenCommitAsync(target, ct) is { } open)
        {
            await AddAllAsync(open, ct);
            return;
        }

        await using var work = await WorkCommit.StartAsync(pach, target.Branch, "", ct);
        journal.Note(KeyOf(target), work.Commit.Id);
        await AddAllAsync(work.Commit, ct);
        await work.FinishAsync(ct);
    }

    private async Task AddAllAsync(Commit commit, CancellationToken ct)
    {
        foreach (var id in sets.Values)
        {
            await pach.CallAsync(PfsMethods.AddFileSet, new AddFileSetRequest { Commit = commit, FileSetId = id }, ct);
        }
    }

    /// <summary>The commit to write to, when one is open there; what an interrupted upload left open is dropped.</summary>
    private async Task<Commit?> OpenCommitAsync(Commit target, CancellationToken ct)
    {
        CommitInfo head;
        try
        {
            head = await pach.CallAsync(PfsMethods.InspectCommit, new InspectCommitRequest { Commit = target }, ct);
        }
        catch (GrpcException missing) when (missing.Status.Code == GrpcCode.NotFound && target.Id.Length == 0)
        {
            return null; // the branch begins with this
        }

        if (target.Id.Length == 0 && IsOpen(head) && journal.Find(KeyOf(target)) == head.Commit.Id)
        {
            var set = new CommitSet { Id = head.Commit.Id };
            await pach.CallAsync(PfsMethods.DropCommitSet, new DropCommitSetRequest { CommitSet = set }, ct);
            return null;
        }

        return target.Id.Length > 0 || IsOpen(head) ? head.Commit : null;
    }

    private static bool IsOpen(CommitInfo commit) => (commit.Finishing ?? commit.Finished) is null;

    private static string KeyOf(Commit target) =>
        $"{target.Repo.Project.Name}/{target.Repo.Name}.{target.Repo.Type}@{target.Branch.Name}";
}
