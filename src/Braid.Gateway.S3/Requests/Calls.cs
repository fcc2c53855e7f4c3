using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Multipart;
using Braid.Gateway.S3.Objects;
using Braid.Gateway.S3.Properties;
using Braid.Gateway.S3.Versions;
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
        new("UploadPartCopy", "PUT", OfObject, "uploadId", PartCalls.CopyAsync) { Copies = true },
        new("ListObjectVersions", "GET", OfBucket, "versions", VersionCalls.ListAsync),
        new("GetBucketAcl", "GET", OfBucket, "acl", PropertyCalls.AclAsync),
        NotYet("PutBucketAcl", "PUT", OfBucket, "acl"),
        None("GetBucketPolicy", "policy", "NoSuchBucketPolicy"),
        NotYet("PutBucketPolicy", "PUT", OfBucket, "policy"),
        None("GetBucketLifecycleConfiguration", "lifecycle", "NoSuchLifecycleConfiguration"),
        NotYet("PutBucketLifecycleConfiguration", "PUT", OfBucket, "lifecycle"),
        None("GetBucketCors", "cors", "NoSuchCORSConfiguration"),
        NotYet("PutBucketCors", "PUT", OfBucket, "cors"),
        None("GetBucketTagging", "tagging", "NoSuchTagSet"),
        NotYet("PutBucketTagging", "PUT", OfBucket, "tagging"),
        None("GetBucketEncryption", "encryption", "ServerSideEncryptionConfigurationNotFoundError"),
        NotYet("GetBucketNotificationConfiguration", "GET", OfBucket, "notification"),
        None("GetBucketReplication", "replication", "ReplicationConfigurationNotFoundError"),
        None("GetBucketWebsite", "website", "NoSuchWebsiteConfiguration"),
        new("GetBucketLogging", "GET", OfBucket, "logging", PropertyCalls.LoggingAsync),
        new("GetBucketRequestPayment", "GET", OfBucket, "requestPayment", PropertyCalls.PayerAsync),
        None("GetBucketOwnershipControls", "ownershipControls", "OwnershipControlsNotFoundError"),
        None("GetPublicAccessBlock", "publicAccessBlock", "NoSuchPublicAccessBlockConfiguration"),
        None("GetObjectLockConfiguration", "object-lock", "ObjectLockConfigurationNotFoundError"),
        new("GetObjectAcl", "GET", OfObject, "acl", PropertyCalls.AclAsync),
        NotYet("PutObjectAcl", "PUT", OfObject, "acl"),
        new("GetObjectTagging", "GET", OfObject, "tagging", PropertyCalls.TagsAsync),
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

    // A property that no bucket has.
    private static Call None(string name, string subresource, string code) =>
        new(
            name,
            "GET",
            OfBucket,
            subresource,
            (request, bucket) => PropertyCalls.NoneAsync(request, bucket, code, subresource)
        );

    private static Call NotYet(string name, string method, CallScope scope, string subresource) =>
        new(name, method, scope, subresource, null);
}
