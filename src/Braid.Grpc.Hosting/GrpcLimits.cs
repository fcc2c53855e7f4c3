using Braid.Grpc.Framing;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Braid.Grpc.Hosting;

/// <summary>Kestrel's limits as gRPC needs them.</summary>
public static class GrpcLimits
{
    /// <summary>
    /// Windows, frames and buffers large enough that a stream of 2 MiB messages is not held up by acknowledgements.
    /// </summary>
    public static void Apply(KestrelServerLimits server)
    {
        server.MaxResponseBufferSize = 512 * 1024;
        var limits = server.Http2;
        limits.InitialStreamWindowSize = 4 * 1024 * 1024;
        limits.InitialConnectionWindowSize = 16 * 1024 * 1024;
        limits.MaxFrameSize = 256 * 1024;
        limits.MaxStreamsPerConnection = 1000;
        limits.KeepAlivePingDelay = TimeSpan.FromSeconds(60);
    }

    /// <summary>Messages larger than this are refused: <see cref="MessageLimits.MaxMessageBytes"/>.</summary>
    public const int MaxMessageBytes = MessageLimits.MaxMessageBytes;
}
