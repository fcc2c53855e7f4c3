using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Logs;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Workers;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;
using Braid.Tracking.Runs;

namespace Braid.Pipelines.Programs;

/// <summary>
/// Brings the jobs of services on: 1 of those whose inputs are finished the newest is to be served; 2 those before it end
/// well, for what they serve is old; 3 it runs, if its input is one datum, until there is a newer one.
/// </summary>
internal sealed class ServiceJobs(ProgramParts parts, Commits commits, ContentStore content, JobEnding ending)
{
    /// <summary>What is to run for services now.</summary>
    public async Task<IReadOnlyList<ProgramWork>> WantedAsync(CancellationToken ct)
    {
        var work = new List<ProgramWork>();
        var jobs = await parts.Database.ReadAsync(UnfinishedAsync, ct);
        foreach (var pipeline in jobs.GroupBy(job => job.Ref))
        {
            if (
                await NewestReadyAsync([.. pipeline], ct) is var (job, reads)
                && await BringOnAsync(job, reads, ct) is { } one
            )
            {
                work.Add(one);
            }
        }

        return work;
    }

    private static async Task<IReadOnlyList<JobRow>> UnfinishedAsync(DbRead db)
    {
        // A look at the text spares reading the specs of all others, every second.
        var rows = await db.QueryAsync<JobRow>(
            JobRow.Select + " WHERE j.state < @success AND v.spec LIKE '%\"service\"%' ORDER BY j.id",
            new { success = (long)JobState.Success }
        );
        return [.. rows.Where(row => row.ReadSpec().Kind == PipelineKind.Service)];
    }

    /// <summary>The newest job whose inputs are finished, with what it reads; those before it are ended.</summary>
    private async Task<(JobRow Job, IReadOnlyList<Commit?> Reads)?> NewestReadyAsync(
        IReadOnlyList<JobRow> jobs,
        CancellationToken ct
    )
    {
        for (var at = jobs.Count - 1; at >= 0; at--)
        {
            var reads = await parts.Database.ReadAsync(db => ReadsAsync(db, jobs[at]), ct);
            if (reads.All(read => read is not { IsFinished: false }))
            {
                // 2
                foreach (var older in jobs.Take(at))
                {
                    await EndAsync(older, JobEnd.Success(TreeRoot.Empty, default, default), ct);
                }

                return (jobs[at], reads);
            }
        }

        return null;
    }

    /// <summary>Null when the job cannot run, and so has ended.</summary>
    private async Task<ProgramWork?> BringOnAsync(JobRow job, IReadOnlyList<Commit?> reads, CancellationToken ct)
    {
        string[] failed = [.. reads.OfType<Commit>().Where(read => read.HasFailed).Select(read => read.Name.Repo.Name)];
        if (failed is not [])
        {
            return await EndAsync(job, JobEnd.Unrunnable(failed.Distinct(StringComparer.Ordinal)), ct);
        }

        // 3
        if (await OnlyDatumAsync(job.ReadSpec().Input, reads, ct) is not { } datum)
        {
            return await EndAsync(job, JobEnd.Failure("services must have a single datum"), ct);
        }

        var pipeline =
            job.JobState == JobState.Running
                ? await parts.Database.ReadAsync(db => PipelineOfAsync(db, job), ct)
                : await parts.Database.WriteAsync(db => RunAsync(db, job), ct);
        return pipeline is null ? null : new(pipeline, job, datum);
    }

    /// <summary>Null when the input makes no datum, or several.</summary>
    private async Task<DatumInputs?> OnlyDatumAsync(Input input, IReadOnlyList<Commit?> reads, CancellationToken ct)
    {
        var expansion = new DatumExpansion(content, [.. reads.Select(read => read?.Root)]);
        var few = await expansion.ExpandAsync(InputNode.Of(input), ct).Take(2).ToListAsync(ct);
        return few is [var only]
            ? new(
                [.. input.Leaves],
                reads.Index().Where(r => r.Item is not null).ToDictionary(r => r.Index, ReadOf),
                only
            )
            : null;

        static (CommitName, TreeRoot) ReadOf((int, Commit?) read) => (read.Item2!.Name, read.Item2.Root);
    }

    private async Task<IReadOnlyList<Commit?>> ReadsAsync(DbRead db, JobRow job)
    {
        var read = new Commit?[job.ReadSpec().Input.Leaves.Count()];
        foreach (var input in await JobRows.InputsAsync(db, job.Id))
        {
            read[input.Leaf] = await commits.FindAsync(db, input.Commit);
        }

        return read;
    }

    /// <summary>The pipeline whose job runs now; null when it has ended meanwhile.</summary>
    private async Task<PipelineRow?> RunAsync(DbWrite db, JobRow job)
    {
        var begun = await db.ExecuteAsync(
            "UPDATE job SET state = @running, started_at = @now, total = 1 WHERE id = @Id AND state < @running",
            new
            {
                job.Id,
                running = (long)JobState.Running,
                now = parts.Clock.GetUtcNow(),
            }
        );
        if (begun > 0)
        {
            await parts.Logs.AppendForJobAsync(db, job.RunId, JobDecisions.Planned(1, 0));
            await parts.Runs.SetStatusForJobAsync(db, job.RunId, RunStatus.InProgress, "", "");
            JobRows.Announce(db, job.SetId);
        }

        return begun > 0 ? await PipelineOfAsync(db, job) : null;
    }

    private static async Task<PipelineRow?> PipelineOfAsync(DbRead db, JobRow job) =>
        await PipelineRows.FindAsync(db, job.Ref) is { Stopped: false } row && row.Version == job.Version ? row : null;

    private async Task<ProgramWork?> EndAsync(JobRow job, JobEnd end, CancellationToken ct)
    {
        await parts.Database.WriteAsync(db => ending.EndAsync(db, job, end), ct);
        return null;
    }
}
