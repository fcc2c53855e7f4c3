using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage.Roots;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Datums;

/// <summary>
/// What pipelines refer to by hash: the outputs of datums. What a datum reads is kept by the commits that it is read from.
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
