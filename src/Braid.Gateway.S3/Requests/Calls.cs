using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Multipart;
using Braid.Gateway.S3.Objects;
using static Braid.Gateway.S3.Requests.CallScope;

namespace Braid.Gateway.S3.Requests;

/// <summary>Every call on buckets and objects. docs/protocols/s3.md says the same; a test compares the two.</summary>
internal static class Calls
{
    /// <summary>The one call on neither.</summary>
    public const string ListBuckets = "ListBuckets";

    public static IReadOnlyList<Call> All { get; } =
    [
        new("ListObjects", "GET", OfBucket, "", ListCalls.ListAsync),
        new("ListObjectsV2", "GET", OfBucket, "list-type", ListCalls.ListAsync),
        new("HeadBucket", "HEAD", OfBucket, "", BucketCalls.HeadAsync),
        new("CreateBucket", "PUT", OfBucket, "", BucketCalls.CreateAsync),
        new("DeleteBucket", "DELETE", OfBucket, "", BucketCalls.DeleteAsync),
        new("GetBucketLocation", "GET", OfBucket, "location", BucketCalls.LocationAsync),
        new("GetBucketVersioning", "GET", OfBucket, "versioning", BucketCalls.VersioningAsync),
        new("PutBucketVersioning", "PUT", OfBucket, "versioning", BucketCalls.SetVersioningAsync),
        new("DeleteObjects", "POST", OfBucket, "delete", DeleteCalls.DeleteManyAsync),
        new("GetObject", "GET", OfObject, "", ReadCalls.GetAsync),
        new("HeadObject", "HEAD", OfObject, "", ReadCalls.GetAsync),
        new("PutObject", "PUT", OfObject, "", WriteCalls.PutAsync),
        new("CopyObject", "PUT", OfObject, "", WriteCalls.CopyAsync) { Copies = true },
        new("DeleteObject", "DELETE", OfObject, "", DeleteCalls.DeleteAsync),
        new("CreateMultipartUpload", "POST", OfObject, "uploads", UploadCalls.BeginAsync),
        new("UploadPart", "PUT", OfObject, "uploadId", PartCalls.PutAsync),
        new("ListParts", "GET", OfObject, "uploadId", PartCalls.ListAsync),
        new("CompleteMultipartUpload", "POST", OfObject, "uploadId", UploadCalls.CompleteAsync),
        new("AbortMultipartUpload", "DELETE", OfObject, "uploadId", UploadCalls.AbortAsync),
        new("ListMultipartUploads", "GET", OfBucket, "uploads", UploadCalls.ListAsync),
        NotYet("UploadPartCopy", "PUT", OfObject, "uploadId") with
        {
            Copies = true,
        },
        NotYet("ListObjectVersions", "GET", OfBucket, "versions"),
        NotYet("GetBucketAcl", "GET", OfBucket, "acl"),
        NotYet("PutBucketAcl", "PUT", OfBucket, "acl"),
        NotYet("GetBucketPolicy", "GET", OfBucket, "policy"),
        NotYet("PutBucketPolicy", "PUT", OfBucket, "policy"),
        NotYet("GetBucketLifecycleConfiguration", "GET", OfBucket, "lifecycle"),
        NotYet("PutBucketLifecycleConfiguration", "PUT", OfBucket, "lifecycle"),
        NotYet("GetBucketCors", "GET", OfBucket, "cors"),
        NotYet("PutBucketCors", "PUT", OfBucket, "cors"),
        NotYet("GetBucketTagging", "GET", OfBucket, "tagging"),
        NotYet("PutBucketTagging", "PUT", OfBucket, "tagging"),
        NotYet("GetBucketEncryption", "GET", OfBucket, "encryption"),
        NotYet("GetBucketNotificationConfiguration", "GET", OfBucket, "notification"),
        NotYet("GetBucketReplication", "GET", OfBucket, "replication"),
        NotYet("GetBucketWebsite", "GET", OfBucket, "website"),
        NotYet("GetBucketLogging", "GET", OfBucket, "logging"),
        NotYet("GetBucketRequestPayment", "GET", OfBucket, "requestPayment"),
        NotYet("GetBucketOwnershipControls", "GET", OfBucket, "ownershipControls"),
        NotYet("GetPublicAccessBlock", "GET", OfBucket, "publicAccessBlock"),
        NotYet("GetObjectLockConfiguration", "GET", OfBucket, "object-lock"),
        NotYet("GetObjectAcl", "GET", OfObject, "acl"),
        NotYet("PutObjectAcl", "PUT", OfObject, "acl"),
        NotYet("GetObjectTagging", "GET", OfObject, "tagging"),
        NotYet("PutObjectTagging", "PUT", OfObject, "tagging"),
        NotYet("DeleteObjectTagging", "DELETE", OfObject, "tagging"),
        NotYet("GetObjectAttributes", "GET", OfObject, "attributes"),
        NotYet("GetObjectRetention", "GET", OfObject, "retention"),
        NotYet("GetObjectLegalHold", "GET", OfObject, "legal-hold"),
        NotYet("RestoreObject", "POST", OfObject, "restore"),
        NotYet("SelectObjectContent", "POST", OfObject, "select"),
    ];

    private static readonly HashSet<string> subresources =
    [
        .. All.Select(call => call.Subresource).Where(name => name.Length > 0),
    ];

    /// <summary>The call that a request makes; null when the protocol has none such.</summary>
    public static Call? Find(S3Request request, CallScope scope)
    {
        var method = request.Http.Request.Method;
        var subresource = request.Target.Pairs.Select(pair => pair.Name).FirstOrDefault(subresources.Contains) ?? "";
        var candidates = All.Where(call =>
            call.Method == method && call.Scope == scope && call.Subresource == subresource
        );
        var copies = request.Header("x-amz-copy-source") is not null;
        return candidates.OrderBy(call => call.Copies != copies).FirstOrDefault();
    }

    private static Call NotYet(string name, string method, CallScope scope, string subresource) =>
        new(name, method, scope, subresource, null);
}
