using Google.Protobuf;

namespace Braid.Grpc.Statuses;

/// <summary>
/// <c>grpc-status-details-bin</c>: the whole status as a google.rpc.Status in base64 without padding, so that typed
/// details reach the client.
/// </summary>
public static class StatusDetails
{
    public static string Encode(GrpcStatus status)
    {
        var message = new Status { Code = (int)status.Code, Message = status.Message };
        message.Details.AddRange(status.Details);
        return Base64.Encode(message.ToByteArray());
    }

    /// <summary>The status with the details of the header; a header that cannot be read changes nothing.</summary>
    public static GrpcStatus AddTo(GrpcStatus status, string? header)
    {
        if (header is null || !Base64.TryDecode(header, out var bytes))
        {
            return status;
        }

        try
        {
            return status with { Details = [.. Status.Parser.ParseFrom(bytes).Details] };
        }
        catch (InvalidProtocolBufferException)
        {
            return status;
        }
    }
}
