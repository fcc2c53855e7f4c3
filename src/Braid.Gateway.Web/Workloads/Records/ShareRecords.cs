using System.Text.Json.Serialization;

namespace Braid.Gateway.Web.Workloads.Records;

/// <summary>The answer of <c>GET /api/shares</c>, by name.</summary>
internal sealed record ShareListRecord(IReadOnlyList<ShareRecord> Shares);

/// <summary>A project or department: what it may have, and what it has.</summary>
internal sealed record ShareRecord
{
    public required string Name { get; init; }
    public string? Parent { get; init; }

    /// <summary>The queue whose runs it places; null for none.</summary>
    public string? Queue { get; init; }
    public required string Namespace { get; init; }
    public DateTimeOffset Created { get; init; }

    /// <summary>It has parts: work is submitted to those.</summary>
    public bool IsDepartment { get; init; }
    public required ShareTermsRecord Terms { get; init; }

    /// <summary>What its work has on nodes, that of its parts included.</summary>
    public required MachinePartsRecord Held { get; init; }

    /// <summary>What its work needs in all.</summary>
    public required MachinePartsRecord Wanted { get; init; }

    /// <summary>How many workloads have something on a node.</summary>
    public int Running { get; init; }

    /// <summary>How many have nothing, and wait for it.</summary>
    public int Waiting { get; init; }
}

/// <summary>The answer of <c>GET /api/shares/fair</c>, by name.</summary>
internal sealed record FairShareListRecord(IReadOnlyList<FairShareRecord> Shares);

/// <summary>What a share has a right to now, given what all ask for.</summary>
internal sealed record FairShareRecord(string Name, MachinePartsRecord FairShare);

/// <summary>What a share may have. Where it changes terms, null leaves a thing as it is.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ShareTermsRecord
{
    /// <summary>In devices.</summary>
    public ResourceTermsRecord? Gpu { get; init; }

    /// <summary>In thousandths of a processor.</summary>
    public ResourceTermsRecord? Cpu { get; init; }

    /// <summary>In bytes.</summary>
    public ResourceTermsRecord? Memory { get; init; }

    public int? Priority { get; init; }

    /// <summary>Times are in seconds; 0 for none.</summary>
    public double? PreemptMinRuntime { get; init; }
    public double? ReclaimMinRuntime { get; init; }
    public double? TrainTimeLimit { get; init; }
    public double? InteractiveTimeLimit { get; init; }

    /// <summary>How long work holds places without doing anything.</summary>
    public double? TrainIdleLimit { get; init; }
    public double? InteractiveIdleLimit { get; init; }
    public double? PreemptibleIdleLimit { get; init; }

    public IReadOnlyList<string>? NodePools { get; init; }
    public IReadOnlyList<string>? TrainNodeTypes { get; init; }
    public IReadOnlyList<string>? InteractiveNodeTypes { get; init; }
}

/// <summary>What a share may have of one resource; -1 is any amount.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ResourceTermsRecord(double? Quota = null, double? Limit = null, double? Weight = null);

/// <summary>The question of <c>POST /api/shares</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewShareRecord
{
    public required string Name { get; init; }
    public string? Parent { get; init; }

    /// <summary>Made when there is none of that name.</summary>
    public string? Queue { get; init; }
    public string? Namespace { get; init; }
    public ShareTermsRecord? Terms { get; init; }
}
