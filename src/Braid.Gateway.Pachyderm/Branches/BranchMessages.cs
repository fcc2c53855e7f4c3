using Braid.Data.Branching;
using Braid.Data.Naming;
using Braid.Gateway.Pachyderm.Wire;

namespace Braid.Gateway.Pachyderm.Branches;

/// <summary>Branches and their triggers, to and from the wire.</summary>
internal static class BranchMessages
{
    public static Result<BranchChange> ReadChange(Pfs.CreateBranchRequest request)
    {
        if (!ReadHead(request).TryGet(out var head, out var error))
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
        info.Metadata.Fill(branch.Annotations);
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

    /// <summary>A head without a repo of its own is one of the branch's repo; one of another repo is refused.</summary>
    private static Result<CommitSpec?> ReadHead(Pfs.CreateBranchRequest request)
    {
        if (request.Head is not { } head || head is { Id: "", Branch: null or { Name: "" } })
        {
            return (Result<CommitSpec?>)(CommitSpec?)null;
        }

        if (head is { Repo: null, Branch: null or { Repo: null } })
        {
            head.Repo = request.Branch.Repo;
        }

        var own = WireNames.Repo(request.Branch?.Repo);
        return WireNames
            .Commit(head)
            .Then(at => own.IsOk && own.Value != at.Repo ? Errors.HeadOfOtherRepo() : (Result<CommitSpec?>)at.Spec);
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
