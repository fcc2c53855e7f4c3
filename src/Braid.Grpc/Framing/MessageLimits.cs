namespace Braid.Grpc.Framing;

/// <summary>Sizes that both sides keep to.</summary>
public static class MessageLimits
{
    /// <summary>The largest message accepted or sent, before compression: 20 MiB.</summary>
    public const int MaxMessageBytes = 20 * 1024 * 1024;

    /// <summary>The compressed flag and the four bytes of length before every message.</summary>
    public const int PrefixBytes = 5;

    /// <summary>A message of fewer bytes is not worth splitting.</summary>
    public const int SplitFrom = 32 * 1024;

    /// <summary>The fields before the bytes of a message that is split take no more.</summary>
    public const int LongestHead = 8 * 1024;
}
