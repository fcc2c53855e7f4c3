using System.Text.Json;
using Braid.Access.Callers;
using Braid.Data;
using Braid.Data.Branching;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Tracking.Datasets;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Datasets;

/// <summary>
/// Makes commits of the versions of data sets that were completed, the oldest first: 1 read the version's state; 2 choose
/// its repo; 3 open a commit on the version's branch, on top of its parent's; 4 write its files; 5 close it; 6 move
/// <c>master</c> there; 7 say so on the task. Whatever was done before a crash is found and not done again; what cannot be
/// done is said on the task, and done when the task is completed or published again.
/// </summary>
public sealed class DatasetCommits(ClearMLRooms rooms, DatasetVersions versions, VersionedData data)
{
    private const string newest = "master";

    private static readonly Caller caller = new Caller.Internal("datasets");

    /// <summary>One step of the server's loop: one version; true when there may be another.</summary>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        if (await versions.NextAsync(ct) is not { } version)
        {
            return false;
        }

        try
        {
            if (await MakeAsync(version, ct) is { } problem)
            {
                await (
                    MayPass(problem)
                        ? versions.PutOffAsync(version.Run, ct)
                        : FailAsync(version.Run, problem.Message, ct)
                );
                return !MayPass(problem);
            }
        }
        catch (Exception error) when (error is InvalidDataException or JsonException)
        {
            await FailAsync(version.Run, error.Message, ct);
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            await versions.PutOffAsync(version.Run, ct);
            throw;
        }

        return true;
    }

    private async Task<Error?> MakeAsync(DatasetVersion version, CancellationToken ct)
    {
        if (!(await rooms.Runs.GetAsync(caller, version.Run, RunParts.All, ct)).TryGet(out var task, out var missing))
        {
            return missing;
        }

        if (!(await ReadStateAsync(task, ct)).TryGet(out var state, out var unread)) // 1
        {
            return unread;
        }

        if (!(await RepoAsync(version, task, ct)).TryGet(out var repo, out var refused)) // 2
        {
            return refused;
        }

        var files = new DatasetFiles(rooms, versions, data, caller);
        var parents = await files.ParentsAsync(state, task.Id, ct);
        var branch = new BranchName(repo, DatasetNames.Branch(VersionOf(task), task.Id));
        if (!(await CommitAsync(task, state, files, branch, parents, ct)).TryGet(out var commit, out var failed)) // 3, 4, 5
        {
            return failed;
        }

        if (await MoveNewestAsync(commit, ct) is { } unmoved) // 6
        {
            return unmoved;
        }

        var said = await rooms.Runs.UpdateAsync(caller, task.Id, DatasetNotes.Done(commit, state.Links.Count), ct); // 7
        if (said.IsOk)
        {
            await versions.DoneAsync(task.Id, branch.Name, $"{commit.Name.Id}", parents, ct);
        }

        return said.Error;
    }

    private async Task<Result<DatasetState>> ReadStateAsync(Run task, CancellationToken ct)
    {
        if (task.Artifacts.FirstOrDefault(one => one.Key == DatasetState.Artifact) is not { } artifact)
        {
            return Errors.NoSuchArchive(DatasetState.Artifact, task.Id);
        }

        var opened = await rooms.Artifacts.OpenAddressAsync(caller, artifact.Uri, ct);
        if (!opened.TryGet(out var file, out var error))
        {
            return error;
        }

        await using var content = file.Content;
        var state = await DatasetState.ReadAsync(content, ct);
        return state.IsDirty ? Errors.DatasetNotUploaded(task.Id) : state;
    }

    private async Task<Result<RepoName>> RepoAsync(DatasetVersion version, Run task, CancellationToken ct)
    {
        var known = version.Repo.Length > 0 ? version.Repo : await versions.RepoOfAsync(task.ProjectId, ct);
        if (!(await ChooseAsync(known, task, ct)).TryGet(out var repo, out var bad))
        {
            return bad;
        }

        await versions.ChooseRepoAsync(task.Id, $"{repo}", ct);
        var project = await data.Projects.CreateAsync(caller, repo.Project, "", update: false, ct);
        if (project.Error is { Kind: not ErrorKind.AlreadyExists } refused)
        {
            return refused;
        }

        var made = await data.Repos.CreateAsync(caller, repo, $"ClearML dataset {repo.Name}", update: false, ct);
        return made.Error is { Kind: not ErrorKind.AlreadyExists } error ? error : repo;
    }

    private async Task<Result<RepoName>> ChooseAsync(string? known, Run task, CancellationToken ct)
    {
        if (known is not null)
        {
            return RepoName.Parse(known);
        }

        var found = await rooms.Projects.GetAsync(caller, task.ProjectId, ct);
        if (!found.TryGet(out var project, out var error))
        {
            return error;
        }

        var repo = DatasetNames.Repo(project.Name, task.Name);
        var taken = await data.Repos.InspectAsync(caller, repo, ct);
        return taken.IsOk ? DatasetNames.Other(repo, task.ProjectId) : repo;
    }

    private async Task<Result<Commit>> CommitAsync(
        Run task,
        DatasetState state,
        DatasetFiles files,
        BranchName branch,
        IReadOnlyList<DatasetVersion> parents,
        CancellationToken ct
    )
    {
        var description = $"ClearML dataset {task.Id}";
        var head = await data.Commits.InspectAsync(
            caller,
            branch.Repo,
            CommitSpec.OfBranch(branch.Name),
            CommitState.Started,
            ct
        );
        var isOurs = head.IsOk && head.Value.Description == description && !head.Value.HasFailed;
        if (isOurs && head.Value.IsFinished)
        {
            return head.Value;
        }

        var opened = isOurs ? head : await StartAsync(branch, description, parents, ct);
        if (!opened.TryGet(out var open, out var error))
        {
            return error;
        }

        var problem = await TryWriteAsync(task, state, files, open, ct);
        var closed = await data.Commits.FinishAsync(
            caller,
            branch.Repo,
            CommitSpec.OfId(open.Name.Id),
            "",
            problem?.Message ?? "",
            force: false,
            ct
        );
        return problem is null ? closed : problem;
    }

    private async Task<Result<Commit>> StartAsync(
        BranchName branch,
        string description,
        IReadOnlyList<DatasetVersion> parents,
        CancellationToken ct
    )
    {
        CommitSpec? below = null;
        if (parents.FirstOrDefault(parent => parent.Repo == $"{branch.Repo}") is { } parent)
        {
            var spec = CommitSpec.OfId(CommitSetId.Parse(parent.Commit));
            var found = await data.Commits.InspectAsync(caller, branch.Repo, spec, CommitState.Started, ct);
            below = found.IsOk ? spec : null;
        }

        return await data.Commits.StartAsync(caller, branch, below, description, ct);
    }

    /// <summary>An archive that is damaged is a problem of the commit, which is closed with it.</summary>
    private static async Task<Error?> TryWriteAsync(
        Run task,
        DatasetState state,
        DatasetFiles files,
        Commit open,
        CancellationToken ct
    )
    {
        try
        {
            return await files.WriteAsync(task.Id, state, open, ct);
        }
        catch (InvalidDataException damaged)
        {
            return Errors.DamagedArchive(damaged.Message);
        }
    }

    private async Task<Error?> MoveNewestAsync(Commit commit, CancellationToken ct)
    {
        var branch = new BranchName(commit.Name.Repo, newest);
        var found = await data.Branches.InspectAsync(caller, branch, ct);
        return found.IsOk && found.Value.Head == commit.Name
            ? null
            : (
                await data.Branches.CreateAsync(
                    caller,
                    branch,
                    new BranchChange { Head = CommitSpec.OfId(commit.Name.Id) },
                    ct
                )
            ).Error;
    }

    private async Task FailAsync(RunId task, string problem, CancellationToken ct)
    {
        if (await versions.FailedAsync(task, problem, ct))
        {
            // The task may be gone, which may be the problem.
            _ = await rooms.Runs.UpdateAsync(caller, task, DatasetNotes.Failed(problem), ct);
        }
    }

    private static bool MayPass(Error problem) =>
        problem.Kind is ErrorKind.Conflict or ErrorKind.Unavailable or ErrorKind.NoSpace or ErrorKind.DiskFailed;

    private static string? VersionOf(Run task) =>
        task.Parameters.FirstOrDefault(one => one is { Section: DatasetNotes.Section, Name: "version" })?.Value;
}
