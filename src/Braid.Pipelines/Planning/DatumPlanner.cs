using Braid.Pipelines.Datums;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Planning;

/// <summary>
/// Decides, from hashes alone, what a job runs and what it takes over: 1 what the inputs matched is combined to datums; 2
/// each gets its id and its key; 3 the key is compared with that of the same datum in the base job.
/// </summary>
internal sealed class DatumPlanner(PipelineSpec spec, string salt)
{
    private readonly IReadOnlyList<Input.Leaf> leaves = [.. spec.Input.Leaves];
    private readonly Sha256Hash code = DatumKeys.Code(spec.Transform);

    /// <param name="matches">What each leaf of the input matched.</param>
    /// <param name="baseJob">Null when no job before this one succeeded.</param>
    /// <param name="failed">Datums that failed since the base job, by id.</param>
    public IReadOnlyList<PlannedDatum> Plan(
        IReadOnlyList<IReadOnlyList<LeafMatch>> matches,
        BaseJob? baseJob,
        IReadOnlyDictionary<Sha256Hash, FailedDatum> failed
    )
    {
        // A union may give the same datum twice; it is one.
        var planned = new Dictionary<Sha256Hash, PlannedDatum>();
        foreach (var inputs in DatumExpansion.Expand(spec.Input, matches))
        {
            var id = DatumKeys.Id(leaves, inputs);
            var key = DatumKeys.Key(id, leaves, inputs, code, salt);
            planned.TryAdd(id, new(id, key, inputs, Decide(id, key, inputs, baseJob, failed)));
        }

        return [.. planned.Values.OrderBy(datum => datum.Id)];
    }

    private Verdict Decide(
        Sha256Hash id,
        Sha256Hash key,
        IReadOnlyList<LeafMatch> inputs,
        BaseJob? baseJob,
        IReadOnlyDictionary<Sha256Hash, FailedDatum> failed
    )
    {
        if (spec.ReprocessesEveryJob)
        {
            return new Verdict.Run($"reprocess: reprocess_spec is {ReprocessSpecs.EveryJob}");
        }

        if (failed.TryGetValue(id, out var failure) && failure.Key == key)
        {
            return new Verdict.Run($"retried after failure in job {failure.Job}");
        }

        if (baseJob is null || !baseJob.Datums.TryGetValue(id, out var before))
        {
            return new Verdict.Run("new");
        }

        return before.Key != key ? new Verdict.Run(WhatChanged(inputs, baseJob, before))
            : before.State == DatumState.Recovered ? new Verdict.Run($"retried after failure in job {before.From}")
            : new Verdict.Skip(before.From, before.Output);
    }

    private string WhatChanged(IReadOnlyList<LeafMatch> inputs, BaseJob baseJob, BaseDatum before)
    {
        // The same id means the same inputs in the same order.
        string[] changed =
        [
            .. inputs
                .Zip(before.Inputs)
                .Where(pair => !SameContent(pair.First, pair.Second))
                .Select(pair => leaves[pair.First.Leaf])
                .Where(leaf => !leaf.Reference)
                .Select(leaf => leaf.Name)
                .Distinct(StringComparer.Ordinal),
            .. baseJob.Code == code ? (string[])[] : ["code"],
        ];
        return changed is not [] ? $"changed: {string.Join(", ", changed)}"
            : baseJob.Salt != salt ? "reprocess"
            : "changed: options of the inputs";
    }

    private static bool SameContent(LeafMatch left, LeafMatch right) =>
        left.IsDirectory == right.IsDirectory && left.Size == right.Size && left.Hash == right.Hash;
}
