using Braid.Data.History;
using Braid.Metadata;
using Braid.Pipelines.Jobs;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Egressing;

/// <summary>
/// Sends the output of a job away before the job ends. A server that dies meanwhile sends it again, which changes nothing on
/// the other side.
/// </summary>
internal sealed class JobEgress(Database database, Commits commits, EgressSender sender)
{
    /// <summary>Why the job fails; null when its output was sent, or has nowhere to go.</summary>
    /// <param name="root">What the output commit is to hold; durable already.</param>
    public async Task<string?> SendAsync(JobRow job, TreeRoot root, CancellationToken ct)
    {
        if (
            job.ReadSpec().Egress is not { } target
            || await database.ReadAsync(db => commits.FindAsync(db, job.Output), ct) is not { } output
        )
        {
            return null;
        }

        var sent = await sender.SendAsync(output, root, target, ct);
        return sent.Error is { } error ? $"egress failed: {error.Message}" : null;
    }
}
