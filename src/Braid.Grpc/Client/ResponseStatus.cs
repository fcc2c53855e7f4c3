using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Braid.Grpc.Statuses;

namespace Braid.Grpc.Client;

/// <summary>Reads how a call ended out of an answer: its trailers, or its headers when there is nothing else.</summary>
internal static class ResponseStatus
{
    /// <exception cref="GrpcException">The answer is a refusal without a body, or not gRPC at all.</exception>
    public static void ThrowUnlessCall(HttpResponseMessage response)
    {
        if (Find(response.Headers) is { } status)
        {
            ThrowUnlessOk(status);
        }
        else if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new GrpcException(
                CodeOf(response.StatusCode),
                $"the server answered HTTP {(int)response.StatusCode}: is this a gRPC address?"
            );
        }
    }

    /// <exception cref="GrpcException">The call did not succeed.</exception>
    public static void ThrowUnlessOk(HttpResponseMessage response) =>
        ThrowUnlessOk(
            Find(response.TrailingHeaders)
                ?? Find(response.Headers)
                ?? new(GrpcCode.Unknown, "the server ended the call without a status")
        );

    public static bool IsGzip(HttpResponseMessage response) =>
        string.Equals(Value(response.Headers, "grpc-encoding"), "gzip", StringComparison.OrdinalIgnoreCase);

    private static void ThrowUnlessOk(GrpcStatus status)
    {
        if (!status.IsOk)
        {
            throw new GrpcException(status);
        }
    }

    private static GrpcStatus? Find(HttpHeaders headers)
    {
        if (!int.TryParse(Value(headers, "grpc-status"), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return null;
        }

        var known = Enum.IsDefined((GrpcCode)code) ? (GrpcCode)code : GrpcCode.Unknown;
        var status = new GrpcStatus(known, PercentEncoding.Decode(Value(headers, "grpc-message") ?? ""));
        return StatusDetails.AddTo(status, Value(headers, "grpc-status-details-bin"));
    }

    private static string? Value(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    /// <summary>The protocol's own table for answers of proxies.</summary>
    private static GrpcCode CodeOf(HttpStatusCode http) =>
        (int)http switch
        {
            400 => GrpcCode.Internal,
            401 => GrpcCode.Unauthenticated,
            403 => GrpcCode.PermissionDenied,
            404 => GrpcCode.Unimplemented,
            429 or 502 or 503 or 504 => GrpcCode.Unavailable,
            _ => GrpcCode.Unknown,
        };
}
