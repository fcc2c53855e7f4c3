namespace Braid.Grpc.Framing;

/// <summary>Sizes that both sides keep to.</summary>
public static class MessageLimits
{
    /// <summary>The largest message accepted or sent, before compression: 20 MiB.</summary>
    public const int MaxMessageBytes = 20 * 1024 * 1024;

    /// <summary>The compressed flag and the four bytes of length before every message.</summary>
    public const int PrefixBytes = 5;
}
