using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Data.Repositories;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Transactions;
using Braid.Gateway.Pachyderm.Wire;

namespace Braid.Gateway.Pachyderm.Repos;

/// <summary>The calls about repos.</summary>
internal sealed class RepoCalls(Braid.Data.Repositories.Repos repos)
{
    private const string pfs = "pfs_v2.API";

    public void Map(CallTable table)
    {
        table.Change<Pfs.CreateRepoRequest, Empty>(
            pfs,
            "CreateRepo",
            RecordedForms.CreateRepo,
            at => new RepoCalls(at.Data.Repos).CreateAsync
        );
        table.Apart<Pfs.InspectRepoRequest, Pfs.RepoInfo>(pfs, "InspectRepo", InspectAsync);
        table.Stream<Pfs.ListRepoRequest, Pfs.RepoInfo>(pfs, "ListRepo", ListAsync);
        table.Apart<Pfs.ReposSummaryRequest, Pfs.ReposSummaryResponse>(pfs, "ReposSummary", SummariseAsync);
        table.Change<Pfs.DeleteRepoRequest, Pfs.DeleteRepoResponse>(
            pfs,
            "DeleteRepo",
            RecordedForms.DeleteRepo,
            at => new RepoCalls(at.Data.Repos).DeleteAsync
        );
        table.Unary<Pfs.DeleteReposRequest, Pfs.DeleteReposResponse>(pfs, "DeleteRepos", DeleteManyAsync);
    }

    private async Task<Result<Empty>> CreateAsync(Caller caller, Pfs.CreateRepoRequest request, CancellationToken ct) =>
        WireNames.Repo(request.Repo).TryGet(out var repo, out var error)
            ? await repos.CreateAsync(caller, repo, request.Description, request.Update, ct).AsEmptyAsync()
            : error;

    private async Task<Result<Pfs.RepoInfo>> InspectAsync(
        Caller caller,
        Pfs.InspectRepoRequest request,
        CancellationToken ct
    ) =>
        WireNames.Repo(request.Repo).TryGet(out var repo, out var error)
            ? (await repos.InspectAsync(caller, repo, ct)).Select(Info)
            : error;

    private async Task<Result<Answers<Pfs.RepoInfo>>> ListAsync(
        Caller caller,
        Pfs.ListRepoRequest request,
        CancellationToken ct
    )
    {
        string[] projects = [.. request.Projects.Select(WireNames.Project)];
        var page = request.Page is { } asked ? new RepoPage(asked.PageSize, asked.PageIndex) : null;
        var found = await repos.ListAsync(caller, request.Type, projects, page, ct);
        return found.Select(all => new Answers<Pfs.RepoInfo>(all.Select(Info)));
    }

    private async Task<Result<Pfs.ReposSummaryResponse>> SummariseAsync(
        Caller caller,
        Pfs.ReposSummaryRequest request,
        CancellationToken ct
    )
    {
        var projects = new List<string>();
        foreach (var picker in request.Projects)
        {
            if (!Pickers.Project(picker).TryGet(out var project, out var error))
            {
                return error;
            }

            projects.Add(project);
        }

        return (await repos.SummariseAsync(caller, projects, ct)).Select(all =>
        {
            var response = new Pfs.ReposSummaryResponse();
            response.Summaries.AddRange(all.Select(Summary));
            return response;
        });
    }

    private async Task<Result<Pfs.DeleteRepoResponse>> DeleteAsync(
        Caller caller,
        Pfs.DeleteRepoRequest request,
        CancellationToken ct
    ) =>
        WireNames.Repo(request.Repo).TryGet(out var repo, out var error)
            ? (await repos.DeleteAsync(caller, repo, request.Force, ct)).Select(deleted => new Pfs.DeleteRepoResponse
            {
                Deleted = deleted,
            })
            : error;

    /// <summary>Deletes what can be deleted; repos that a pipeline owns stay, and so does what it reads unless forced.</summary>
    private async Task<Result<Pfs.DeleteReposResponse>> DeleteManyAsync(
        Caller caller,
        Pfs.DeleteReposRequest request,
        CancellationToken ct
    )
    {
        if (request is { All: false, Projects.Count: 0 })
        {
            return Errors.Missing("projects, or all,");
        }

        IReadOnlyList<string> projects = request.All ? [] : [.. request.Projects.Select(WireNames.Project)];
        if (!(await repos.ListAsync(caller, RepoName.UserType, projects, ct)).TryGet(out var all, out var error))
        {
            return error;
        }

        var response = new Pfs.DeleteReposResponse();
        foreach (var repo in all)
        {
            var deleted = await repos.DeleteAsync(caller, repo.Name, request.Force, ct);
            if (deleted.Error is { Kind: not ErrorKind.FailedPrecondition } refusal)
            {
                return refusal;
            }

            if (deleted is { IsOk: true, Value: true })
            {
                response.Repos.Add(repo.Name.ToWire());
            }
        }

        return response;
    }

    private static Pfs.ReposSummary Summary(RepoSummary one) =>
        new()
        {
            Project = WireNames.ToWire(one.Project),
            UserRepoCount = one.Repos,
            SizeBytes = one.Size,
        };

    private static Pfs.RepoInfo Info(Repo repo)
    {
        var info = new Pfs.RepoInfo
        {
            Repo = repo.Name.ToWire(),
            Created = repo.CreatedAt.ToWire(),
            Description = repo.Description,
            SizeBytesUpperBound = repo.Size,
            Details = new() { SizeBytes = repo.Size },
        };
        info.Metadata.Fill(repo.Annotations);
        if (repo.Role.Length > 0)
        {
            info.Metadata["braid.role"] = repo.Role;
        }

        info.Branches.AddRange(repo.Branches.Select(name => new BranchName(repo.Name, name).ToWire()));
        return info;
    }
}
