using Braid.Grpc.Statuses;

namespace Braid.Grpc.Framing;

/// <summary>Why bytes are not taken as a message.</summary>
internal static class Refusals
{
    public static GrpcException TooLarge(long bytes) =>
        new(
            GrpcCode.ResourceExhausted,
            $"a message of {bytes} bytes is larger than the {MessageLimits.MaxMessageBytes} that are allowed; send it in smaller parts"
        );

    public static GrpcException InflatesTooFar() =>
        new(
            GrpcCode.ResourceExhausted,
            $"a compressed message grows beyond the {MessageLimits.MaxMessageBytes} bytes that are allowed; send it in smaller parts"
        );

    public static GrpcException CutShort() => new(GrpcCode.Internal, "the stream ended in the middle of a message");

    public static GrpcException UnknownFlag(byte flag) =>
        new(GrpcCode.Internal, $"a message starts with compression flag {flag}; only 0 and 1 exist");

    public static GrpcException NoEncoding() =>
        new(GrpcCode.Internal, "a message is compressed, but the call named no grpc-encoding");

    public static GrpcException NotGzip(Exception cause) =>
        new(GrpcCode.Internal, "a compressed message is not valid gzip", cause);

    public static GrpcException NotAMessage(string type, Exception cause) =>
        new(GrpcCode.InvalidArgument, $"the bytes sent are not a {type}", cause);
}
