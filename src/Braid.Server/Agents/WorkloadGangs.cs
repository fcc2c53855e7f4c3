using Braid.Pipelines.Workers.Gangs;
using Braid.Primitives;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;
using Braid.Workloads.Parts;
using Braid.Workloads.Submission;

namespace Braid.Server.Agents;

/// <summary>
/// Pipelines' distributed jobs as workloads: 1 each is a part of its job, placed as a gang on the node of this server, where its data lies;
/// 2 it is stopped when nobody wants it any more; 3 its end is told when all of its programs are gone.
/// </summary>
/// <param name="node">The name of this machine's node.</param>
internal sealed class WorkloadGangs(PartCatalog parts, string node) : IGangs
{
    private const string hostName = "kubernetes.io/hostname";

    public Task StopAllAsync(CancellationToken ct) => parts.StopAllAsync("the server was started anew", ct);

    public async Task<GangEnd> RunAsync(
        GangOrder order,
        Action<string?> waiting,
        CancellationToken unwanted,
        CancellationToken ct
    )
    {
        // 1
        if (!(await parts.SubmitAsync(PartOf(order), ct)).TryGet(out var part, out var refused))
        {
            return new(false, $"{order.Job.Name} was not started: {refused.Message}");
        }

        // 2
        using var either = CancellationTokenSource.CreateLinkedTokenSource(unwanted, ct);
        try
        {
            return Told(await Patience.AskAsync(() => parts.WaitAsync(part, waiting, either.Token), either.Token));
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            await Patience.DoAsync(
                () => parts.StopAsync(part, "its job needs it no more", CancellationToken.None),
                CancellationToken.None
            );
        }

        // 3
        ct.ThrowIfCancellationRequested();
        return Told(await Patience.AskAsync(() => parts.WaitAsync(part, waiting, ct), ct));
    }

    private NewPart PartOf(GangOrder order) =>
        new(
            order.Run,
            order.RunProject,
            order.Job.Name,
            new()
            {
                Kind = WorkloadKind.TrainingJob,
                Manifest = ManifestWriter.ToJsonText(order.Job),
                Environment = order.Variables,
                Volumes =
                [
                    new(order.Inputs, "/pfs", IsReadOnly: true),
                    new(order.Output, "/pfs/out", IsForLeader: true),
                ],
                NodeSelector = new Dictionary<string, string> { [hostName] = node },
                ReadableRepos = [.. order.ReadableRepos.Order(StringComparer.Ordinal)],
            }
        )
        {
            Share = Gang.Of(order.Job).Queue,
            PreferredShare = order.Project,
        };

    private static GangEnd Told(PartEnd end) => new(end.HasSucceeded, end.Words);
}
