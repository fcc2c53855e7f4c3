using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Requests;
using Braid.Primitives;

namespace Braid.Gateway.S3.Objects;

/// <summary>The object that <c>x-amz-copy-source</c> names.</summary>
internal static class CopySource
{
    /// <summary>Null when it names none.</summary>
    public static FileAt? Parse(string header)
    {
        var target = S3Target.Parse(header.StartsWith('/') ? header : $"/{header}");
        if (target.Key.Length == 0 || !BucketName.TryParse(target.Bucket, out var bucket))
        {
            return null;
        }

        if (!target.Query.TryGetValue("versionId", out var version))
        {
            return new FileAt(bucket.Branch.Repo, bucket.Spec, ObjectPath.OfKey(target.Key));
        }

        return CommitSetId.TryParse(version, out var id)
            ? new FileAt(bucket.Branch.Repo, CommitSpec.OfId(id), ObjectPath.OfKey(target.Key))
            : null;
    }
}
