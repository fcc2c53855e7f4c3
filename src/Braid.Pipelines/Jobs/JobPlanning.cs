using Braid.Data.Globbing;
using Braid.Data.History;
using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Jobs;

/// <summary>Gathers what <see cref="DatumPlanner"/> needs: what the globs match, and the job to compare with.</summary>
internal sealed class JobPlanning(Database database, Commits commits, ContentStore content)
{
    /// <param name="roots">The tree that each leaf of the input reads; null where there is no commit.</param>
    public async Task<IReadOnlyList<PlannedDatum>> PlanAsync(
        JobRow job,
        PipelineSpec spec,
        IReadOnlyList<TreeRoot?> roots,
        CancellationToken ct
    )
    {
        var matches = await MatchAsync(spec.Input, roots, ct);
        var (baseJob, failed) = await database.ReadAsync(db => BaseAsync(db, job), ct);
        return new DatumPlanner(spec, job.Salt).Plan(matches, baseJob, failed);
    }

    /// <summary>What each leaf's glob matches.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<LeafMatch>>> MatchAsync(
        Input input,
        IReadOnlyList<TreeRoot?> roots,
        CancellationToken ct
    )
    {
        var matches = new List<IReadOnlyList<LeafMatch>>();
        foreach (var (index, leaf) in input.Leaves.Index())
        {
            matches.Add(roots[index] is { } root ? await MatchAsync(index, leaf, root, ct) : []);
        }

        return matches;
    }

    private async Task<IReadOnlyList<LeafMatch>> MatchAsync(
        int index,
        Input.Leaf leaf,
        TreeRoot root,
        CancellationToken ct
    )
    {
        var found = new List<LeafMatch>();
        // The glob was parsed when the pipeline was made.
        var glob = Glob.Parse(leaf.Glob).Value;
        await foreach (var match in GlobSearch.FindAsync(content, root, glob, ct))
        {
            var entry = match.Entry;
            var path = entry.Path == "/" ? "/" : entry.Path.TrimEnd('/');
            found.Add(new(index, path, entry.Kind == EntryKind.Directory, entry.ContentHash, entry.Size));
        }

        return found;
    }

    /// <summary>Goes up the output's line to the nearest job that succeeded, noting what failed on the way.</summary>
    private async Task<(BaseJob? Base, IReadOnlyDictionary<Sha256Hash, FailedDatum> Failed)> BaseAsync(
        DbRead db,
        JobRow job
    )
    {
        var failed = new Dictionary<Sha256Hash, FailedDatum>();
        for (var at = await commits.FindAsync(db, job.Output); at?.Parent is { } parent; )
        {
            var ancestor = await JobRows.FindAsync(db, job.Ref, parent.Id);
            if (ancestor is { JobState: JobState.Success })
            {
                return (await ReadBaseAsync(db, ancestor), failed);
            }

            if (ancestor is not null)
            {
                foreach (var datum in await DatumRows.InStateAsync(db, ancestor.Id, DatumState.Failed))
                {
                    failed.TryAdd(datum.Id, new(datum.Key, ancestor.SetId));
                }
            }

            at = await commits.FindAsync(db, parent);
        }

        return (null, failed);
    }

    private static async Task<BaseJob> ReadBaseAsync(DbRead db, JobRow job)
    {
        var datums = await DatumRows.OfJobAsync(db, job.Id);
        return new(
            job.SetId,
            DatumKeys.Code(job.ReadSpec().Transform),
            job.Salt,
            datums.ToDictionary(datum => datum.Id, datum => datum.ToBase())
        );
    }
}
