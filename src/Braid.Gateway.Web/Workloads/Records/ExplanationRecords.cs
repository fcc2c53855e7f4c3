using System.Text.Json.Serialization;

namespace Braid.Gateway.Web.Workloads.Records;

/// <summary>The answer of <c>GET /api/workloads/WHICH/explain</c>.</summary>
internal sealed record ExplanationRecord
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Project { get; init; }

    /// <summary>What follows for it: <c>runs</c>, <c>starts</c>, <c>promised</c>, <c>displaced</c> or <c>waits</c>.</summary>
    public required string Prospect { get; init; }

    /// <summary>All that has to go before it can start, or for whom it is displaced.</summary>
    public IReadOnlyList<ReasonRecord> Reasons { get; init; } = [];

    /// <summary>Names of those of its project that wait and come before it.</summary>
    public IReadOnlyList<string> Ahead { get; init; } = [];

    /// <summary>The smallest set of changes that was found to give it its places.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>True when there was no time to try all that could be less than the changes; without any, nobody knows what would help.</summary>
    public bool MayTakeLess { get; init; }

    /// <summary>When it is thought to start; null when nobody knows.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>From what that is known, or why it is not; empty unless it waits.</summary>
    public string StartReason { get; init; } = "";

    /// <summary>Its project, and the departments above it.</summary>
    public IReadOnlyList<StandingRecord> Shares { get; init; } = [];
}

/// <summary>One thing that has to go; its code names the kind.</summary>
internal sealed record ReasonRecord(string Code, string Text);

/// <summary>What a share has of the GPUs, and what it has a right to now.</summary>
internal sealed record StandingRecord(string Name, double Quota, double FairShare, double Held, double Wanted);

/// <summary>The question of <c>POST /api/whatif</c>: if shares had these terms for GPUs, by their names; -1 is any amount.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SuppositionRecord
{
    public IReadOnlyDictionary<string, double>? Quotas { get; init; }
    public IReadOnlyDictionary<string, double>? Limits { get; init; }
    public IReadOnlyDictionary<string, double>? Weights { get; init; }

    /// <summary>Of <c>POST /api/whatif/replay</c>: how many seconds of the past are decided again.</summary>
    public double? Since { get; init; }
}

/// <summary>The answer: for whom something else would follow, and how the shares stand and would stand.</summary>
internal sealed record SupposedRecord(
    IReadOnlyList<SupposedChangeRecord> Changes,
    IReadOnlyList<StandingRecord> Before,
    IReadOnlyList<StandingRecord> After
);

/// <summary>A workload for which something else would follow.</summary>
internal sealed record SupposedChangeRecord(
    string Id,
    string Name,
    string Project,
    string Before,
    string After,
    IReadOnlyList<ReasonRecord> Reasons
);
