namespace Braid.Tracking.Artifacts;

/// <summary>What a run says about an artifact it has: key and mode identify it; the bytes are wherever <see cref="Uri"/> points.</summary>
public sealed record RunArtifact
{
    public required string Key { get; init; }

    /// <summary><c>input</c> or <c>output</c>.</summary>
    public string Mode { get; init; } = "output";
    public string Type { get; init; } = "";
    public string Uri { get; init; } = "";
    public string Hash { get; init; } = "";
    public long? ContentSize { get; init; }

    /// <summary>Seconds since 1970, as the client says.</summary>
    public long? Timestamp { get; init; }

    /// <summary>JSON object (preview, content type, data hash), or null.</summary>
    public string? TypeData { get; init; }

    /// <summary>JSON list of key and value pairs, or null.</summary>
    public string? DisplayData { get; init; }
}
