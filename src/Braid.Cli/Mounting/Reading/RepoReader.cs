using Braid.Cli.Connection.Pachyderm;
using Braid.Grpc.Statuses;
using Braid.Protos.Pfs;
using File = Braid.Protos.Pfs.File;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Mounting.Reading;

/// <summary>What a mount asks the server, each call with the mount's patience.</summary>
internal sealed class RepoReader(PachClient pach, Patience patience)
{
    private const string userRepos = "user";

    public Task<IReadOnlyList<RepoInfo>> ReposAsync(string project, CancellationToken ct)
    {
        var request = new ListRepoRequest { Type = userRepos };
        request.Projects.Add(new Project { Name = project });
        return ListAsync(stop => pach.StreamAsync(PfsMethods.ListRepo, request, stop), ct);
    }

    public async Task<IReadOnlyList<string>> ProjectsAsync(CancellationToken ct)
    {
        var found = await ListAsync(stop => pach.StreamAsync(PfsMethods.ListProject, new(), stop), ct);
        return [.. found.Select(info => info.Project.Name)];
    }

    /// <exception cref="GrpcException">Among others: there is no such repo.</exception>
    public Task<IReadOnlyList<BranchInfo>> BranchesAsync(Repo repo, CancellationToken ct) =>
        ListAsync(stop => pach.StreamAsync(PfsMethods.ListBranch, new() { Repo = repo }, stop), ct);

    public async Task<bool> HasRepoAsync(Repo repo, CancellationToken ct) =>
        await FindAsync(stop => pach.CallAsync(PfsMethods.InspectRepo, new() { Repo = repo }, stop), ct) is not null;

    /// <summary>Null when there is none.</summary>
    public Task<BranchInfo?> FindBranchAsync(Branch branch, CancellationToken ct) =>
        FindAsync(stop => pach.CallAsync(PfsMethods.InspectBranch, new() { Branch = branch }, stop), ct);

    /// <summary>By id, branch or ancestry; null when there is none.</summary>
    public Task<CommitInfo?> FindCommitAsync(Commit commit, CancellationToken ct) =>
        FindAsync(stop => pach.CallAsync(PfsMethods.InspectCommit, new() { Commit = commit }, stop), ct);

    /// <summary>Null when there is nothing at the path.</summary>
    public Task<FileInfo?> FindFileAsync(CommitView view, string path, CancellationToken ct) =>
        FindAsync(stop => pach.CallAsync(PfsMethods.InspectFile, new() { File = FileOf(view, path) }, stop), ct);

    /// <summary>At most <paramref name="number"/> children of a directory, after one of them; and where the next page begins.</summary>
    public async Task<(IReadOnlyList<FoundPath> Children, string? Last)> PageAsync(
        CommitView view,
        string directory,
        string? after,
        int number,
        CancellationToken ct
    )
    {
        var request = new ListFileRequest { File = FileOf(view, directory), Number = number };
        if (after is not null)
        {
            request.PaginationMarker = FileOf(view, after);
        }

        var found = await ListAsync(stop => pach.StreamAsync(PfsMethods.ListFile, request, stop), ct);
        return ([.. found.Select(Of)], found.Count < number ? null : found[^1].File.Path);
    }

    /// <summary>Fills the whole of <paramref name="into"/> with a file's bytes from an offset.</summary>
    /// <exception cref="GrpcException">The server refused, or was not reached in time.</exception>
    public Task<int> ReadAsync(CommitView view, string path, long offset, Memory<byte> into, CancellationToken ct)
    {
        var request = new GetFileRequest
        {
            File = FileOf(view, path),
            Offset = offset,
            BraidLength = into.Length,
        };
        return patience.RunAsync(stop => FillAsync(request, into, stop), ct);
    }

    private async Task<int> FillAsync(GetFileRequest request, Memory<byte> into, CancellationToken ct)
    {
        var filled = 0;
        await foreach (var piece in pach.StreamAsync(PfsMethods.GetFile, request, ct))
        {
            var bytes = piece.Value.Span;
            var length = Math.Min(bytes.Length, into.Length - filled);
            bytes[..length].CopyTo(into.Span[filled..]);
            filled += length;
            if (filled == into.Length)
            {
                // A server that does not know the length would go on: leaving the stream ends it.
                return filled;
            }
        }

        return filled == into.Length
            ? filled
            : throw new GrpcException(
                GrpcCode.DataLoss,
                $"the server sent {filled} of {into.Length} bytes from {request.Offset} on"
            );
    }

    private Task<IReadOnlyList<T>> ListAsync<T>(
        Func<CancellationToken, IAsyncEnumerable<T>> call,
        CancellationToken ct
    ) => patience.RunAsync<IReadOnlyList<T>>(async stop => await call(stop).ToListAsync(stop), ct);

    private async Task<T?> FindAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken ct)
        where T : class
    {
        try
        {
            return await patience.RunAsync(call, ct);
        }
        catch (GrpcException refused) when (refused.Status.Code == GrpcCode.NotFound)
        {
            return null;
        }
    }

    private static FoundPath Of(FileInfo file)
    {
        var path = file.File.Path.AsSpan().TrimEnd('/');
        return new(path[(path.LastIndexOf('/') + 1)..].ToString(), file.FileType == FileType.Dir, file.SizeBytes);
    }

    private static File FileOf(CommitView view, string path) => new() { Commit = view.Commit, Path = path };
}
