using Braid.Pipelines.Jobs;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Datums;

/// <summary>Shows stored datums with the commits that they read.</summary>
internal sealed class DatumView(JobRow job, IReadOnlyList<JobInputRow> inputs)
{
    private readonly IReadOnlyList<Input.Leaf> leaves = [.. job.ReadSpec().Input.Leaves];
    private readonly Dictionary<long, CommitSetId> commits = inputs.ToDictionary(i => i.Leaf, i => i.CommitId);

    public Datum Show(DatumRow row) =>
        new()
        {
            Id = $"{row.Id}",
            Job = job.SetId,
            State = row.DatumState,
            Reason = row.Reason,
            Inputs = [.. row.ReadInputs().Select(Show)],
            Stats = new()
            {
                DownloadTime = row.DownloadTime,
                ProcessTime = row.ProcessTime,
                UploadTime = row.UploadTime,
                DownloadBytes = row.DownloadBytes,
                UploadBytes = row.UploadBytes,
            },
        };

    private DatumFile Show(LeafMatch match) => Show(leaves[match.Leaf], match, commits.GetValueOrDefault(match.Leaf));

    public static DatumFile Show(Input.Leaf leaf, LeafMatch match, CommitSetId commit) =>
        new(
            leaf.Name,
            $"{Creation.PipelineRepos.Of(leaf)}",
            leaf.Branch,
            commit,
            match.Path,
            match.IsDirectory,
            match.Hash,
            match.Size
        );
}
