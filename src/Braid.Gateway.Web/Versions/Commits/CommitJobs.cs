using Braid.Access.Callers;
using Braid.Data.History;
using Braid.Pipelines.Jobs;

namespace Braid.Gateway.Web.Versions.Commits;

/// <summary>Which job makes a commit: the one of its set, of the pipeline that is called like the repo.</summary>
internal sealed class CommitJobs(JobCatalog jobs)
{
    /// <summary>Null where no job makes it, or where the caller may not see it.</summary>
    public async Task<Job?> FindAsync(Caller caller, Commit commit, CancellationToken ct)
    {
        if (!commit.IsOutput)
        {
            return null;
        }

        var repo = commit.Name.Repo;
        var job = await jobs.InspectAsync(caller, new(repo.Project, repo.Name), $"{commit.Name.Id}", wait: false, ct);
        return job.IsOk ? job.Value : null;
    }
}
