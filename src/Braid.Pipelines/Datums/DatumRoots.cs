using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage.Roots;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Datums;

/// <summary>
/// What pipelines refer to by hash: the trees of jobs' datums, and the outputs of those that are not folded into them yet. What
/// a datum reads is kept by the commits that it is read from.
/// </summary>
public static class DatumRoots
{
    /// <summary>All references of the snapshot.</summary>
    public static async IAsyncEnumerable<StoredRoot> ReadAsync(DbRead db)
    {
        var datums = db.StreamAsync<DatumRoot>(
            """
            SELECT j.project, j.pipeline, j.set_id, d.id, d.output
            FROM datum d JOIN job j ON j.id = d.job_id WHERE d.output IS NOT NULL
            """
        );
        await foreach (var datum in datums)
        {
            var pipeline = new PipelineRef(datum.Project, datum.Pipeline);
            yield return StoredRoot.Of(
                new("datum", $"{pipeline}", $"{pipeline}@{datum.SetId} {datum.Id}"),
                new TreeRoot(datum.Output)
            );
        }

        await foreach (var tree in ReadTreesAsync(db))
        {
            yield return tree;
        }
    }

    private static async IAsyncEnumerable<StoredRoot> ReadTreesAsync(DbRead db)
    {
        var trees = db.StreamAsync<JobRoot>(
            "SELECT project, pipeline, set_id, datums FROM job WHERE datums IS NOT NULL"
        );
        await foreach (var job in trees)
        {
            var pipeline = new PipelineRef(job.Project, job.Pipeline);
            yield return StoredRoot.Of(
                new("datum", $"{pipeline}", $"{pipeline}@{job.SetId}"),
                new TreeRoot(job.Datums)
            );
        }
    }

    private sealed record JobRoot
    {
        public string Project { get; init; } = "";
        public string Pipeline { get; init; } = "";
        public CommitSetId SetId { get; init; }
        public Sha256Hash Datums { get; init; }
    }

    private sealed record DatumRoot
    {
        public string Project { get; init; } = "";
        public string Pipeline { get; init; } = "";
        public CommitSetId SetId { get; init; }
        public Sha256Hash Id { get; init; }
        public Sha256Hash Output { get; init; }
    }
}
