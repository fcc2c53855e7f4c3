namespace Braid.Grpc.Client;

/// <summary>What one call asks for beyond its message.</summary>
public sealed record CallOptions
{
    public static CallOptions None { get; } = new();

    /// <summary>Request metadata; a key that ends in <c>-bin</c> takes base64.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the whole call may take; the server is told.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Sends the messages compressed.</summary>
    public bool UseGzip { get; init; }
}
