using System.Runtime.CompilerServices;
using Braid.Access.Callers;
using Braid.Data.Integrity;
using Braid.Data.Naming;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Integrity;

namespace Braid.Gateway.Pachyderm.Integrity;

/// <summary>Checks everything that refers to something: a line for each problem, and for each that was put right.</summary>
internal sealed class FsckCalls(DataIntegrity data, PipelineIntegrity pipelines)
{
    public void Map(CallTable table) =>
        table.Stream<Pfs.FsckRequest, Pfs.FsckResponse>("pfs_v2.API", "Fsck", CheckAsync);

    private Task<Result<Answers<Pfs.FsckResponse>>> CheckAsync(
        Caller caller,
        Pfs.FsckRequest request,
        CancellationToken ct
    ) => Task.FromResult(Begin(caller, request, ct));

    private Result<Answers<Pfs.FsckResponse>> Begin(Caller caller, Pfs.FsckRequest request, CancellationToken ct)
    {
        if (caller.MayAdminister() is { } refused)
        {
            return refused;
        }

        if (request.ZombieCheckCase != Pfs.FsckRequest.ZombieCheckOneofCase.ZombieTarget)
        {
            return new Answers<Pfs.FsckResponse>(LinesAsync(caller, request, null, ct));
        }

        return CommitOf(request.ZombieTarget).TryGet(out var target, out var error)
            ? new Answers<Pfs.FsckResponse>(LinesAsync(caller, request, target, ct))
            : error;
    }

    private static Result<CommitName> CommitOf(Pfs.Commit commit) =>
        !WireNames.Repo(commit.Repo ?? commit.Branch?.Repo).TryGet(out var repo, out var error) ? error
        : !WireNames.CommitSet(commit.Id).TryGet(out var id, out error) ? error
        : new CommitName(repo, id);

    private async IAsyncEnumerable<Pfs.FsckResponse> LinesAsync(
        Caller caller,
        Pfs.FsckRequest request,
        CommitName? zombieTarget,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var problem in data.CheckAsync(ct).Concat(pipelines.CheckAsync(ct)))
        {
            var isFixed = request.Fix && problem.Repair is { } repair && await data.RepairAsync(caller, repair, ct);
            yield return isFixed ? new() { Fix = problem.Repair!.Text } : new() { Error = problem.Text };
        }

        if (request.ZombieAll || zombieTarget is not null)
        {
            await foreach (var zombie in pipelines.FindZombiesAsync(zombieTarget, ct))
            {
                yield return new() { Error = zombie.Text };
            }
        }
    }
}
