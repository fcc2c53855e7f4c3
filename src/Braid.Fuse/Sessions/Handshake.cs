using Braid.Fuse.Operations;
using Braid.Fuse.Wire;

namespace Braid.Fuse.Sessions;

/// <summary>The first exchange: which version is spoken, and what may be used of it.</summary>
internal static class Handshake
{
    private const uint major = 7;

    /// <summary>7.31 has everything that is used here; Linux 5.4 and later speak it.</summary>
    private const uint minor = 31;

    private const InitFlags wanted =
        InitFlags.AsyncRead
        | InitFlags.AtomicTruncate
        | InitFlags.BigWrites
        | InitFlags.ReadDirectoryPlus
        | InitFlags.ReadDirectoryPlusAuto
        | InitFlags.AsyncDirectIO
        | InitFlags.ParallelDirectoryOperations
        | InitFlags.MaxPages;

    /// <summary>Null when both sides agreed; otherwise what the kernel offered, which is too old.</summary>
    public static string? Answer(IFuseChannel channel, ulong unique, ref RequestBody body)
    {
        var offer = body.Take<InitIn>();
        if (offer.Major < major || (offer.Major == major && offer.Minor < minor))
        {
            Sessions.Answer.SendError(channel, unique, Errno.NotSupported);
            return $"{offer.Major}.{offer.Minor}";
        }

        using var answer = new Answer(256);
        answer.Set(
            new InitOut
            {
                Major = major,
                Minor = minor,
                MaxReadAhead = Limits.MaxData,
                // A kernel of a later major offers again in ours.
                Flags = offer.Major > major ? InitFlags.None : offer.Flags & wanted,
                MaxBackground = 64,
                CongestionThreshold = 48,
                MaxWrite = Limits.MaxData,
                TimeGranularity = 1,
                MaxPages = Limits.MaxData / 4096,
            }
        );
        answer.SendTo(channel, unique);
        return null;
    }
}
