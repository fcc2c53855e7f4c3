using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Gateway.S3.Buckets;
using Braid.Primitives;

namespace Braid.Gateway.S3.Objects;

/// <summary>The object that <c>x-amz-copy-source</c> names: <c>[/]BUCKET/KEY[?versionId=ID]</c>, escaped, slashes or not.</summary>
internal static class CopySource
{
    private const string versionMark = "?versionId=";

    /// <summary>Null when it names none.</summary>
    public static FileAt? Parse(string header)
    {
        var mark = header.IndexOf(versionMark, StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(mark < 0 ? header : header[..mark]).TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || slash == path.Length - 1 || !BucketName.TryParse(path[..slash], out var bucket))
        {
            return null;
        }

        var key = ObjectPath.OfKey(path[(slash + 1)..]);
        if (mark < 0)
        {
            return new FileAt(bucket.Branch.Repo, bucket.Spec, key);
        }

        return CommitSetId.TryParse(header[(mark + versionMark.Length)..], out var id)
            ? new FileAt(bucket.Branch.Repo, CommitSpec.OfId(id), key)
            : null;
    }
}
