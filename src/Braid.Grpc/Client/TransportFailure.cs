using Braid.Grpc.Statuses;

namespace Braid.Grpc.Client;

/// <summary>What a broken connection or a reset stream means to the caller.</summary>
internal static class TransportFailure
{
    private const long cancel = 8;
    private const long enhanceYourCalm = 11;

    public static GrpcStatus Status(Uri address, Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case GrpcException known:
                    return known.Status;
                case HttpProtocolException { ErrorCode: cancel }:
                    return new(GrpcCode.Cancelled, "the server cancelled the call");
                case HttpProtocolException { ErrorCode: enhanceYourCalm }:
                    return new(GrpcCode.ResourceExhausted, "the server asked for fewer calls");
            }
        }

        return new(GrpcCode.Unavailable, $"cannot reach {address.Authority}: {error.GetBaseException().Message}");
    }
}
