using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Requests;

namespace Braid.Gateway.S3.Buckets;

/// <summary>What the names of buckets stand for behind a door.</summary>
internal abstract class BucketSpace
{
    /// <summary>All that the caller has.</summary>
    public abstract Task<S3Error?> ListAsync(S3Request request);

    /// <summary>A call on a bucket or an object.</summary>
    public abstract Task<S3Error?> ServeAsync(S3Request request);

    protected static Task<S3Error?> ServeAsync(S3Request request, BucketName bucket)
    {
        if (bucket.IsView && request.Http.Request.Method is not ("GET" or "HEAD"))
        {
            return Refuse(S3Error.BucketIsView);
        }

        return Calls.Find(request, request.Target.Key.Length == 0 ? CallScope.OfBucket : CallScope.OfObject) switch
        {
            null => Refuse(S3Error.MethodNotAllowed),
            { Serve: null, Name: var name } => Refuse(S3Error.NotImplemented(name)),
            { Serve: var serve } => serve(request, bucket),
        };
    }

    protected static Task<S3Error?> Refuse(S3Error error) => Task.FromResult<S3Error?>(error);
}

/// <summary>A bucket is a branch, or a commit.</summary>
internal sealed class BranchSpace : BucketSpace
{
    public override Task<S3Error?> ListAsync(S3Request request) => BucketCalls.ListAllAsync(request);

    public override Task<S3Error?> ServeAsync(S3Request request) =>
        BucketName.TryParse(request.Target.Bucket, out var bucket)
            ? ServeAsync(request, bucket)
            : Refuse(S3Error.InvalidBucketName);
}
