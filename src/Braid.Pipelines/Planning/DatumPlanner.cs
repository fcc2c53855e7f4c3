using Braid.Pipelines.Datums;
using Braid.Pipelines.Datums.Trees;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Planning;

/// <summary>
/// Decides, from hashes alone, whether a datum runs or is taken over: its key is compared with what the same datum had in the
/// previous job, and in the last one that succeeded.
/// </summary>
internal sealed class DatumPlanner(PipelineSpec spec, string salt)
{
    private readonly IReadOnlyList<Input.Leaf> leaves = [.. spec.Input.Leaves];
    private readonly Sha256Hash code = DatumKeys.Code(spec);

    public PlannedDatum Identify(IReadOnlyList<LeafMatch> inputs)
    {
        var id = DatumKeys.Id(leaves, inputs);
        return new(id, DatumKeys.Key(id, leaves, inputs, code, salt), inputs);
    }

    /// <param name="before">What the previous job knows of it; null for nothing.</param>
    /// <param name="good">What the last job that succeeded knows of it; null for nothing.</param>
    public Verdict Decide(PlannedDatum datum, Past past, DatumRecord? before, DatumRecord? good) =>
        spec.S3Out ? new Verdict.Run("reprocess: output is written by S3")
        : spec.ReprocessesEveryJob ? new Verdict.Run($"reprocess: reprocess_spec is {ReprocessSpecs.EveryJob}")
        : past.Previous is { } previous && before is not null && before.Key == datum.Key ? Again(previous, before)
        : past.Base is not { } last || good is null ? new Verdict.Run("new")
        : good.Key == datum.Key ? Again(last, good)
        : new Verdict.Run(WhatChanged(datum.Inputs, last, good.Inputs));

    // The same work as before: taken over when it went well, else done again.
    private static Verdict Again(PastJob job, DatumRecord record) =>
        record.State switch
        {
            DatumState.Success => new Verdict.Skip(job, record.From),
            DatumState.Failed or DatumState.Recovered => new Verdict.Run($"retried after failure in job {record.From}"),
            // It never came to it: what was the reason then still is.
            _ => new Verdict.Run(record.Reason),
        };

    private string WhatChanged(IReadOnlyList<LeafMatch> inputs, PastJob last, IReadOnlyList<LeafMatch> before)
    {
        // The same id means the same inputs in the same order.
        string[] changed =
        [
            .. inputs
                .Zip(before)
                .Where(pair => !pair.First.HasContentOf(pair.Second))
                .Select(pair => leaves[pair.First.Leaf])
                .Where(leaf => !leaf.Reference)
                .Select(leaf => leaf.Name)
                .Distinct(StringComparer.Ordinal),
            .. last.Code == code ? (string[])[] : ["code"],
        ];
        return changed is not [] ? $"changed: {string.Join(", ", changed)}"
            : last.Salt != salt ? "reprocess"
            : "changed: options of the inputs";
    }
}
