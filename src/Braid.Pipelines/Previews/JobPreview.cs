using Braid.Data.History;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Datums.Trees;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Pipelines.Previews;

/// <summary>
/// Says what a job would do, by the rules that plan it: 1 the jobs before it are found; 2 every datum of its input is compared
/// with what they know of it. Nothing is written.
/// </summary>
internal sealed class JobPreview(ContentStore content, JobAncestors ancestors)
{
    /// <param name="spec">What the job would run.</param>
    /// <param name="row">The pipeline as it is; null when it would be made.</param>
    /// <param name="salt">What enters the datums' keys.</param>
    /// <param name="heads">The commit that each leaf would read; null for none.</param>
    /// <param name="tell">Told each datum as it is decided.</param>
    public async Task<PipelinePreview> LookAsync(
        PipelineSpec spec,
        PipelineRow? row,
        string salt,
        IReadOnlyList<Commit?> heads,
        Func<DatumPreview, ValueTask> tell,
        CancellationToken ct
    )
    {
        // What is read stays, whoever deletes jobs or commits meanwhile.
        using var hold = content.Hold();
        // 1
        var past = row is null ? Past.None : await PastAsync(row, ct);
        // 2
        var planner = new DatumPlanner(spec, salt);
        Input.Leaf[] leaves = [.. spec.Input.Leaves];
        var seen = new HashSet<Sha256Hash>();
        var known = 0L;
        var reasons = new Dictionary<string, long>(StringComparer.Ordinal);
        var expansion = new DatumExpansion(content, [.. heads.Select(head => head?.Root)]);
        await foreach (var matches in expansion.ExpandAsync(InputNode.Of(spec.Input), ct))
        {
            var datum = planner.Identify(matches);
            if (!seen.Add(datum.Id))
            {
                continue;
            }

            var before = await RecordAsync(past.Previous, datum.Id, ct);
            var good = past.Base == past.Previous ? before : await RecordAsync(past.Base, datum.Id, ct);
            var verdict = planner.Decide(datum, past, before, good);
            known += before is null ? 0 : 1;
            if (verdict is Verdict.Run)
            {
                reasons[verdict.Reason] = reasons.GetValueOrDefault(verdict.Reason) + 1;
            }

            await tell(
                new(
                    $"{datum.Id}",
                    verdict is Verdict.Run,
                    verdict.Reason,
                    [.. matches.Select(match => Show(leaves[match.Leaf], match, heads[match.Leaf]))]
                )
            );
        }

        var all = past.Previous is null ? 0 : await past.Previous.Tree.CountAsync(DatumTree.Records, ct);
        var runs = reasons.Values.Sum();
        return new(spec.Pipeline, row is null, runs, seen.Count - runs, all - known, reasons, []);
    }

    private async Task<Past> PastAsync(PipelineRow row, CancellationToken ct)
    {
        var (previous, last) = await ancestors.FindNextAsync(row.Pipeline, ct);
        var before = previous is null ? null : PastOf(previous);
        return new(
            before,
            last is null ? null
                : last.Id == previous?.Id ? before
                : PastOf(last)
        );
    }

    private PastJob PastOf(JobRow job) =>
        new(job.SetId, DatumKeys.Code(job.ReadSpec()), job.Salt, new(content, job.Tree));

    private static async Task<DatumRecord?> RecordAsync(PastJob? job, Sha256Hash id, CancellationToken ct) =>
        job is null ? null : await job.Tree.FindAsync(id, ct);

    private static DatumFile Show(Input.Leaf leaf, LeafMatch match, Commit? head) =>
        DatumView.Show(leaf, match, head?.Name.Id ?? default);
}
