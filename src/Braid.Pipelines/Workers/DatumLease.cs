using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Data.Naming;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Workers;

/// <summary>A datum that this worker, and nobody else, may run now.</summary>
/// <param name="Attempt">The fencing token: what is written with another one is refused.</param>
/// <param name="Keys">The credentials of the attempt; they die with it.</param>
/// <param name="Reads">The commit that each leaf of the input reads, and its tree.</param>
internal sealed record DatumLease(
    JobRow Job,
    PipelineSpec Spec,
    DatumRow Datum,
    string Attempt,
    string Worker,
    KeyPair Keys,
    IReadOnlyDictionary<int, (CommitName Commit, TreeRoot Root)> Reads
)
{
    public IReadOnlyList<LeafMatch> Inputs { get; } = Datum.ReadInputs();

    public IReadOnlyList<Input.Leaf> Leaves { get; } = [.. Spec.Input.Leaves];

    public DatumInputs Read => new(Leaves, Reads, Inputs);

    /// <summary>True when its program reads or writes through the workers' S3 endpoint.</summary>
    public bool UsesBuckets => Spec.S3Out || Leaves.Any(leaf => leaf.S3);

    public Caller.Job Caller { get; } = Job.CallerOf(Attempt, Spec);
}
