using Braid.Pipelines.Creation;
using Braid.Pipelines.Datums.Trees;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Datums;

/// <summary>Shows a job's datums with the commits that they read.</summary>
internal sealed class DatumView(JobRow job, IReadOnlyList<JobInputRow> inputs)
{
    private readonly IReadOnlyList<Input.Leaf> leaves = [.. job.ReadSpec().Input.Leaves];
    private readonly Dictionary<long, CommitSetId> commits = inputs.ToDictionary(i => i.Leaf, i => i.CommitId);

    /// <summary>A datum that the job has to run.</summary>
    public Datum Show(DatumRow row) => Show(row.Id, row.DatumState, row.Reason, row.ReadInputs(), row.Stats);

    /// <summary>A datum of the job's tree: taken over when another job had to run it.</summary>
    public Datum Show(DatumRecord record) =>
        record.From == job.SetId
            ? Show(record.Id, record.State, record.Reason, record.Inputs, record.Stats)
            : Show(record.Id, DatumState.Skipped, Verdict.SkippedFor(record.From), record.Inputs, record.Stats);

    public static DatumFile Show(Input.Leaf leaf, LeafMatch match, CommitSetId commit) =>
        new(
            leaf.Name,
            $"{PipelineRepos.Of(leaf)}",
            leaf.Branch,
            commit,
            match.Path,
            match.IsDirectory,
            match.Hash,
            match.Size
        );

    private Datum Show(
        Sha256Hash id,
        DatumState state,
        string reason,
        IReadOnlyList<LeafMatch> matches,
        ProcessStats stats
    ) =>
        new()
        {
            Id = $"{id}",
            Job = job.SetId,
            State = state,
            Reason = reason,
            Inputs = [.. matches.Select(Show)],
            Stats = stats,
        };

    private DatumFile Show(LeafMatch match) => Show(leaves[match.Leaf], match, commits.GetValueOrDefault(match.Leaf));
}
