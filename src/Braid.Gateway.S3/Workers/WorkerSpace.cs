using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Requests;
using Braid.Pipelines.Workers.Buckets;

namespace Braid.Gateway.S3.Workers;

/// <summary>A bucket is an input of the job whose credentials sign, read-only; or its output, write-only.</summary>
internal sealed class WorkerSpace(WorkerBuckets buckets) : BucketSpace
{
    public override Task<S3Error?> ListAsync(S3Request request) =>
        BucketCalls.WriteListAsync(request, buckets.List(request.Caller));

    public override Task<S3Error?> ServeAsync(S3Request request)
    {
        var name = request.Target.Bucket;
        if (name == WorkerBuckets.Out && buckets.FindOutput(request.Caller) is { } output)
        {
            return OutputCalls.ServeAsync(request, output);
        }

        return buckets.FindInput(request.Caller, name) is { } input
            ? ServeAsync(request, new BucketName(input.Branch, input.Commit))
            : Refuse(S3Error.NoSuchBucket);
    }
}
