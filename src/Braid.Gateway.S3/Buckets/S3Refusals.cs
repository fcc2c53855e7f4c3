using Braid.Primitives;

namespace Braid.Gateway.S3.Buckets;

/// <summary>Refusals of the door's own, inside a domain's transaction.</summary>
internal static class S3Refusals
{
    public static Error BucketExists() => new(ErrorKind.AlreadyExists, "s3.bucket-exists", "the branch exists already");

    public static Error UploadOfAnother() =>
        new(ErrorKind.NotFound, "data.upload-not-found", "the upload belongs to another bucket or key");

    public static Error BadPartNumber(int most) =>
        new(ErrorKind.InvalidArgument, "s3.bad-part-number", $"partNumber must be from 1 to {most}");
}
