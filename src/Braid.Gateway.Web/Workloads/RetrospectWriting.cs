using Braid.Gateway.Web.Workloads.Records;
using Braid.Workloads.Replaying;

namespace Braid.Gateway.Web.Workloads;

/// <summary>What would have become of past work, as records.</summary>
internal static class RetrospectWriting
{
    public static RetrospectRecord Write(Retrospect retrospect) =>
        new()
        {
            Since = retrospect.Since,
            Until = retrospect.Until,
            Recorded = Write(retrospect.Recorded),
            Replayed = Write(retrospect.Replayed),
            Supposed = retrospect.Supposed is null ? null : Write(retrospect.Supposed),
            Assumptions = retrospect.Assumptions,
        };

    private static IReadOnlyList<ShareFiguresRecord> Write(IReadOnlyList<ShareFigures> shares) =>
        [
            .. shares.Select(share => new ShareFiguresRecord(
                share.Share,
                share.Waited,
                share.Started,
                share.MeanWait?.TotalSeconds,
                share.LongWait?.TotalSeconds,
                Math.Round(share.GpuHours, 6),
                share.Preemptions
            )),
        ];
}
