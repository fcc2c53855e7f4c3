using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Buckets;

namespace Braid.Gateway.S3.Requests;

/// <summary>One call of the protocol: how to tell it, and what serves it.</summary>
/// <param name="Subresource">The query parameter that makes it this call; empty for the bucket or object itself.</param>
/// <param name="Serve">Null: answered with NotImplemented.</param>
internal sealed record Call(
    string Name,
    string Method,
    CallScope Scope,
    string Subresource,
    Func<S3Request, BucketName, Task<S3Error?>>? Serve
)
{
    /// <summary>True for the variant that copies what <c>x-amz-copy-source</c> names.</summary>
    public bool Copies { get; init; }
}

/// <summary>What a call is about.</summary>
internal enum CallScope
{
    OfBucket,
    OfObject,
}
