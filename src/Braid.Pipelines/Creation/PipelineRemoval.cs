using Braid.Data;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Programs;
using Braid.Primitives;

namespace Braid.Pipelines.Creation;

/// <summary>Deletes pipelines with their jobs and repos.</summary>
internal sealed class PipelineRemoval(VersionedData data, JobEnding ending)
{
    public async Task<Result<bool>> RemoveAsync(
        DataTransaction transaction,
        PipelineRef pipeline,
        bool force,
        bool keepRepo
    )
    {
        var db = transaction.Db;
        if (await PipelineRows.FindAsync(db, pipeline) is not { } row)
        {
            return false;
        }

        if (!force && await DependantAsync(db, row) is { } dependant)
        {
            return Errors.PipelineInUse(pipeline, dependant);
        }

        await ending.KillAllAsync(db, pipeline, "job deleted");
        await JobRows.DeleteAllAsync(db, pipeline);
        await ProgramRows.DeleteAsync(db, pipeline);
        await DeleteRowsAsync(db, pipeline);
        return await RemoveReposAsync(transaction, row, keepRepo);
    }

    public async Task<Result<IReadOnlyList<PipelineRef>>> RemoveAllAsync(
        DataTransaction transaction,
        IReadOnlyList<string> projects,
        bool force,
        bool keepRepo
    )
    {
        var removed = new List<PipelineRef>();
        foreach (var row in await DownstreamFirstAsync(transaction.Db))
        {
            if (projects.Count > 0 && !projects.Contains(row.Project, StringComparer.Ordinal))
            {
                continue;
            }

            var one = await RemoveAsync(transaction, row.Pipeline, force, keepRepo);
            if (!one.IsOk)
            {
                return one.Error;
            }

            removed.Add(row.Pipeline);
        }

        return removed;
    }

    /// <summary>A branch of another pipeline that is made from this one's output; null when there is none.</summary>
    private async Task<string?> DependantAsync(DbRead db, PipelineRow row)
    {
        var output = await data.Branches.FindAsync(db, PipelineRepos.OutputBranch(row.ReadSpec()));
        return output
            ?.Subvenance.Select(branch => branch.Repo)
            .Where(repo => repo.Type == RepoName.UserType && repo != PipelineRepos.Output(row.Pipeline))
            .Select(repo => repo.ToString())
            .FirstOrDefault();
    }

    /// <summary>The more branches are made from a pipeline's output, the later it goes.</summary>
    private async Task<IReadOnlyList<PipelineRow>> DownstreamFirstAsync(DbRead db)
    {
        var rows = new List<(PipelineRow Row, int Downstream)>();
        foreach (var row in await PipelineRows.AllAsync(db))
        {
            var output = await data.Branches.FindAsync(db, PipelineRepos.OutputBranch(row.ReadSpec()));
            rows.Add((row, output?.Subvenance.Count ?? 0));
        }

        return [.. rows.OrderBy(pair => pair.Downstream).Select(pair => pair.Row)];
    }

    private async Task<Result<bool>> RemoveReposAsync(DataTransaction transaction, PipelineRow row, bool keepRepo)
    {
        List<RepoName> repos = [PipelineRepos.Meta(row.Pipeline), PipelineRepos.Spec(row.Pipeline)];
        if (keepRepo)
        {
            var freed = await data.Branches.CreateAsync(transaction, PipelineRepos.OutputBranch(row.ReadSpec()), new());
            if (!freed.IsOk)
            {
                return freed.Error;
            }
        }
        else
        {
            repos.Insert(0, PipelineRepos.Output(row.Pipeline));
        }

        foreach (var repo in repos.Concat(PipelineRepos.Ticks(row.ReadSpec())))
        {
            var gone = await data.Repos.DeleteAsync(transaction, repo, force: true);
            if (!gone.IsOk)
            {
                return gone;
            }
        }

        foreach (var branch in PipelineRepos.Triggered(row.ReadSpec()))
        {
            // Somebody else may have come to depend on it, or its repo may have gone by force: then it is no more ours.
            await data.Branches.DeleteAsync(transaction, branch, force: false);
        }

        return true;
    }

    private static async Task DeleteRowsAsync(DbWrite db, PipelineRef pipeline)
    {
        await db.ExecuteAsync("DELETE FROM pipeline_version WHERE project = @Project AND name = @Name", pipeline);
        await db.ExecuteAsync("DELETE FROM pipeline WHERE project = @Project AND name = @Name", pipeline);
        db.Announce(Topics.Pipelines);
    }
}
