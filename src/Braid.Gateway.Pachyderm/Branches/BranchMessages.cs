using Braid.Data.Branching;
using Braid.Data.Naming;
using Braid.Gateway.Pachyderm.Wire;

namespace Braid.Gateway.Pachyderm.Branches;

/// <summary>Branches and their triggers, to and from the wire.</summary>
internal static class BranchMessages
{
    public static Result<BranchChange> ReadChange(Pfs.CreateBranchRequest request)
    {
        if (!WireNames.OptionalCommit(HeadOf(request)).TryGet(out var head, out var error))
        {
            return error;
        }

        var provenance = new List<BranchName>();
        foreach (var one in request.Provenance)
        {
            if (!WireNames.Branch(one).TryGet(out var branch, out error))
            {
                return error;
            }

            provenance.Add(branch);
        }

        return new BranchChange
        {
            Head = head,
            Provenance = provenance,
            NeverPropagates = [.. NeverPropagating(request)],
            Trigger = request.Trigger is null ? null : ReadTrigger(request.Trigger),
            NewCommitSet = request.NewCommitSet,
        };
    }

    public static Pfs.BranchInfo Info(Branch branch)
    {
        var info = new Pfs.BranchInfo
        {
            Branch = branch.Name.ToWire(),
            Head = branch.Head?.ToWire(branch.Name.Name),
            Trigger = branch.Trigger is null ? null : WriteTrigger(branch.Trigger),
            CreatedBy = branch.CreatedBy,
            CreatedAt = branch.CreatedAt.ToWire(),
            UpdatedAt = branch.UpdatedAt.ToWire(),
        };
        info.Provenance.AddRange(branch.Provenance.Select(WireNames.ToWire));
        info.Subvenance.AddRange(branch.Subvenance.Select(WireNames.ToWire));
        info.DirectProvenance.AddRange(branch.DirectProvenance.Select(WireNames.ToWire));
        info.BranchPropagationSpecs.AddRange(
            branch.NeverPropagates.Select(name => new Pfs.BranchPropagationSpec
            {
                Branch = name.ToWire(),
                PropagationSpec = new() { Never = true },
            })
        );
        return info;
    }

    /// <summary>A head without a repo of its own is one of the branch's repo.</summary>
    private static Pfs.Commit? HeadOf(Pfs.CreateBranchRequest request)
    {
        if (request.Head is { Repo: null, Branch: null or { Repo: null } } head)
        {
            head.Repo = request.Branch.Repo;
        }

        return request.Head;
    }

    private static IEnumerable<BranchName> NeverPropagating(Pfs.CreateBranchRequest request) =>
        request
            .BranchPropagationSpecs.Where(spec => spec.PropagationSpec?.Never == true)
            .Select(spec => WireNames.Branch(spec.Branch))
            .Where(branch => branch.IsOk)
            .Select(branch => branch.Value);

    private static Trigger ReadTrigger(Pfs.Trigger trigger) =>
        new()
        {
            Branch = trigger.Branch,
            All = trigger.All,
            Size = trigger.Size,
            Commits = trigger.Commits,
            RateLimitSpec = trigger.RateLimitSpec,
            CronSpec = trigger.CronSpec,
        };

    private static Pfs.Trigger WriteTrigger(Trigger trigger) =>
        new()
        {
            Branch = trigger.Branch,
            All = trigger.All,
            Size = trigger.Size,
            Commits = trigger.Commits,
            RateLimitSpec = trigger.RateLimitSpec,
            CronSpec = trigger.CronSpec,
        };
}
