using Microsoft.AspNetCore.Http;

namespace Braid.Grpc.Hosting.Calls;

/// <summary>How messages are compressed: the answer is, when the request was.</summary>
internal static class Encodings
{
    /// <summary>What this server reads.</summary>
    public const string Accepted = "identity,gzip";

    public static bool IsGzip(HttpRequest request) => Of(request) == "gzip";

    public static bool IsKnown(HttpRequest request) => Of(request) is "" or "identity" or "gzip";

    public static string Of(HttpRequest request) => request.Headers["grpc-encoding"].ToString();
}
