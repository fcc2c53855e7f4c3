using System.Collections.Concurrent;
using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Workers.Buckets;

/// <summary>
/// What programs reach through the workers' S3 endpoint, by the credentials of the datum that they run for: the inputs that
/// their pipeline reads by S3, each a bucket of the input's name, and the bucket <c>out</c> of a pipeline that writes by S3.
/// </summary>
public sealed class WorkerBuckets
{
    /// <summary>The bucket for output.</summary>
    public const string Out = "out";

    private readonly ConcurrentDictionary<string, (DatumLease Lease, OutputBucket? Output)> running = new();

    internal WorkerBuckets() { }

    /// <summary>The buckets of a caller that can be read: their names, and since when they are there.</summary>
    public IReadOnlyList<(string Name, DateTimeOffset CreatedAt)> List(Caller caller) =>
        Of(caller) is { } datum
            ?
            [
                .. datum
                    .Lease.Leaves.Where(leaf => leaf.S3)
                    .Select(leaf => (leaf.Name, datum.Lease.Job.CreatedAt))
                    .OrderBy(bucket => bucket.Name, StringComparer.Ordinal),
            ]
            : [];

    /// <summary>The commit that an input reads; null when the caller has no such input.</summary>
    public InputBucket? FindInput(Caller caller, string name)
    {
        if (Of(caller) is not { } datum)
        {
            return null;
        }

        foreach (var match in datum.Lease.Inputs)
        {
            var leaf = datum.Lease.Leaves[match.Leaf];
            if (leaf.S3 && leaf.Name == name && datum.Lease.Reads.TryGetValue(match.Leaf, out var read))
            {
                return new(new(read.Commit.Repo, leaf.Branch), read.Commit.Id);
            }
        }

        return null;
    }

    /// <summary>Where the caller's output goes; null when its pipeline does not write by S3.</summary>
    public OutputBucket? FindOutput(Caller caller) => Of(caller)?.Output;

    /// <param name="folder">The folder that becomes the datum's output.</param>
    /// <param name="uploads">A folder of the datum's own for what is not whole yet.</param>
    internal void Begin(DatumLease lease, string folder, string uploads) =>
        running[lease.Attempt] = (lease, lease.Spec.S3Out ? new(folder, uploads) : null);

    internal void End(DatumLease lease) => running.TryRemove(lease.Attempt, out _);

    private (DatumLease Lease, OutputBucket? Output)? Of(Caller caller) =>
        caller is Caller.Job job && running.TryGetValue(job.Attempt, out var datum) ? datum : null;
}

/// <summary>A commit, as a bucket.</summary>
public sealed record InputBucket(BranchName Branch, CommitSetId Commit);
