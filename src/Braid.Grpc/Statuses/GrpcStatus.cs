using Google.Protobuf.WellKnownTypes;

namespace Braid.Grpc.Statuses;

/// <summary>How a call ended: a code, a text for people, and typed details for programs.</summary>
public sealed record GrpcStatus(GrpcCode Code, string Message)
{
    /// <summary>Success.</summary>
    public static GrpcStatus Ok { get; } = new(GrpcCode.Ok, "");

    /// <summary>What <c>grpc-status-details-bin</c> carries; empty for most failures.</summary>
    public IReadOnlyList<Any> Details { get; init; } = [];

    public bool IsOk => Code == GrpcCode.Ok;

    public override string ToString() => Message.Length == 0 ? $"{Code}" : $"{Code}: {Message}";
}
