using Braid.Gateway.Web.Workloads.Records;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;

namespace Braid.Gateway.Web.Workloads;

/// <summary>Shares and their terms, to and from records.</summary>
internal static class ShareWriting
{
    public static MachinePartsRecord Write(MachineParts parts) =>
        new(Math.Round(parts.Gpus, 6), parts.CpuMillicores, parts.MemoryBytes);

    public static ShareTermsRecord Write(ShareTerms terms) =>
        new()
        {
            Gpu = Write(terms.Gpu),
            Cpu = Write(terms.Cpu),
            Memory = Write(terms.Memory),
            Priority = terms.Priority,
            PreemptMinRuntime = terms.PreemptMinRuntime?.TotalSeconds,
            ReclaimMinRuntime = terms.ReclaimMinRuntime?.TotalSeconds,
            TrainTimeLimit = terms.TrainTimeLimit?.TotalSeconds,
            InteractiveTimeLimit = terms.InteractiveTimeLimit?.TotalSeconds,
            TrainIdleLimit = terms.TrainIdleLimit?.TotalSeconds,
            InteractiveIdleLimit = terms.InteractiveIdleLimit?.TotalSeconds,
            PreemptibleIdleLimit = terms.PreemptibleIdleLimit?.TotalSeconds,
            NodePools = terms.NodePools,
            TrainNodeTypes = terms.TrainNodeTypes,
            InteractiveNodeTypes = terms.InteractiveNodeTypes,
        };

    /// <summary>The terms with what the record says of them.</summary>
    public static ShareTerms Change(ShareTerms terms, ShareTermsRecord? with) =>
        with is null
            ? terms
            : terms with
            {
                Gpu = Change(terms.Gpu, with.Gpu),
                Cpu = Change(terms.Cpu, with.Cpu),
                Memory = Change(terms.Memory, with.Memory),
                Priority = with.Priority ?? terms.Priority,
                PreemptMinRuntime = Change(terms.PreemptMinRuntime, with.PreemptMinRuntime),
                ReclaimMinRuntime = Change(terms.ReclaimMinRuntime, with.ReclaimMinRuntime),
                TrainTimeLimit = Change(terms.TrainTimeLimit, with.TrainTimeLimit),
                InteractiveTimeLimit = Change(terms.InteractiveTimeLimit, with.InteractiveTimeLimit),
                TrainIdleLimit = Change(terms.TrainIdleLimit, with.TrainIdleLimit),
                InteractiveIdleLimit = Change(terms.InteractiveIdleLimit, with.InteractiveIdleLimit),
                PreemptibleIdleLimit = Change(terms.PreemptibleIdleLimit, with.PreemptibleIdleLimit),
                NodePools = with.NodePools ?? terms.NodePools,
                TrainNodeTypes = with.TrainNodeTypes ?? terms.TrainNodeTypes,
                InteractiveNodeTypes = with.InteractiveNodeTypes ?? terms.InteractiveNodeTypes,
            };

    private static ResourceTermsRecord Write(ResourceTerms terms) => new(terms.Quota, terms.Limit, terms.Weight);

    private static ResourceTerms Change(ResourceTerms terms, ResourceTermsRecord? with) =>
        with is null
            ? terms
            : terms with
            {
                Quota = with.Quota ?? terms.Quota,
                Limit = with.Limit ?? terms.Limit,
                Weight = with.Weight ?? terms.Weight,
            };

    private static TimeSpan? Change(TimeSpan? time, double? seconds) =>
        seconds switch
        {
            null => time,
            0 => null,
            _ => Seconds.Of(seconds),
        };
}
