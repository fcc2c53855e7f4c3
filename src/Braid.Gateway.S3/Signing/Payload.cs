using Braid.Access.Callers;
using Braid.Gateway.S3.Answers;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.S3.Signing;

/// <summary>
/// Wraps a request's body in what its headers promise: chunks to be unframed, a hash, an MD5, a checksum, a length. All are
/// checked at the end of the stream, by throwing <see cref="BadBodyException"/>.
/// </summary>
internal static class Payload
{
    private const string unsigned = "UNSIGNED-PAYLOAD";
    private const string signedChunks = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private const string signedChunksAndTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    private const string unsignedChunksAndTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    /// <summary>What the signature says about the body.</summary>
    public static string ClaimedHash(HttpRequest request, SignatureV4 signature)
    {
        var claimed = request.Headers["x-amz-content-sha256"].ToString();
        return claimed.Length == 0 && signature.Lifetime is not null ? unsigned : claimed;
    }

    public static Verdict Open(HttpRequest request, Caller caller, SignatureV4? signature, byte[] key)
    {
        var claimed = request.Headers["x-amz-content-sha256"].ToString();
        var checks = BodyChecks.Of(request);
        switch (claimed)
        {
            case signedChunks or signedChunksAndTrailer when signature is not null:
                return new(caller, Chunked(request, new ChunkSignatures(signature, key), checks), null);
            case signedChunks or signedChunksAndTrailer or unsignedChunksAndTrailer:
                return new(caller, Chunked(request, null, checks), null);
            case var other when other.StartsWith("STREAMING-", StringComparison.Ordinal):
                return S3Error.NotImplemented($"x-amz-content-sha256: {other}");
            case "" or unsigned when IsFramed(request):
                return new(caller, Chunked(request, null, checks), null);
            case "" or unsigned:
                return new(caller, new CheckedBody(request.Body, checks), null);
            default:
                checks.ExpectSha256(claimed);
                return new(caller, new CheckedBody(request.Body, checks), null);
        }
    }

    private static CheckedBody Chunked(HttpRequest request, ChunkSignatures? signatures, BodyChecks checks) =>
        new(new ChunkedBody(request.Body, signatures, checks), checks);

    /// <summary>Some clients frame the body without saying so in the hash.</summary>
    private static bool IsFramed(HttpRequest request) =>
        request
            .Headers.ContentEncoding.ToString()
            .Split(',', StringSplitOptions.TrimEntries)
            .Contains("aws-chunked", StringComparer.OrdinalIgnoreCase);
}
