namespace Braid.Gateway.Web.Workloads.Records;

/// <summary>The answer of <c>GET /api/shares/history</c>: what projects had, on average of each step.</summary>
internal sealed record UseOverTimeRecord(
    DateTimeOffset Since,
    double StepSeconds,
    IReadOnlyList<ShareUseRecord> Shares
);

/// <param name="Means">A value for each step, the oldest first.</param>
internal sealed record ShareUseRecord(string Name, IReadOnlyList<MachinePartsRecord> Means);
