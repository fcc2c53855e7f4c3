using Braid.Primitives;

namespace Braid.Gateway.S3.Answers;

/// <summary>A refusal in the protocol's words.</summary>
internal sealed record S3Error(int Status, string Code, string Message)
{
    public static S3Error NoSuchBucket { get; } = new(404, "NoSuchBucket", "The specified bucket does not exist");

    public static S3Error NoSuchKey { get; } = new(404, "NoSuchKey", "The specified key does not exist");

    public static S3Error NoSuchUpload { get; } =
        new(
            404,
            "NoSuchUpload",
            "The specified multipart upload does not exist; it may have been aborted or completed"
        );

    public static S3Error NoSuchVersion { get; } = new(404, "NoSuchVersion", "The specified version does not exist");

    public static S3Error InvalidBucketName { get; } =
        new(
            400,
            "InvalidBucketName",
            "A bucket is REPO, BRANCH.REPO or BRANCH.REPO.PROJECT, with a commit's id and a dot before it for a fixed view"
        );

    public static S3Error BucketIsView { get; } =
        new(405, "MethodNotAllowed", "A bucket that names a commit is a read-only view; write to the branch's bucket");

    public static S3Error WriteOnly { get; } =
        new(403, "AccessDenied", "The bucket of a job's output takes objects, and gives none back");

    public static S3Error DirectoryKey { get; } =
        new(400, "InvalidFilePath", "A key cannot end with '/': directories exist by what is in them");

    public static S3Error InvalidDelimiter { get; } =
        new(400, "InvalidDelimiter", "The delimiter must be empty or '/'");

    public static S3Error InvalidRange { get; } = new(416, "InvalidRange", "The requested range cannot be satisfied");

    public static S3Error MalformedXml { get; } =
        new(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our schema");

    public static S3Error BadDigest { get; } =
        new(400, "BadDigest", "The Content-MD5 you specified did not match what was received; nothing was stored");

    public static S3Error BadSha256 { get; } =
        new(
            400,
            "XAmzContentSHA256Mismatch",
            "The provided x-amz-content-sha256 does not match what was received; nothing was stored"
        );

    public static S3Error BadChecksum(string header) =>
        new(400, "BadDigest", $"The {header} you specified did not match what was received; nothing was stored");

    public static S3Error IncompleteBody { get; } =
        new(400, "IncompleteBody", "You did not provide the number of bytes specified; nothing was stored");

    public static S3Error SignatureDoesNotMatch { get; } =
        new(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your key and signing method."
        );

    public static S3Error InvalidAccessKeyId { get; } =
        new(403, "InvalidAccessKeyId", "The access key id you provided does not exist in our records.");

    public static S3Error TimeTooSkewed { get; } =
        new(403, "RequestTimeTooSkewed", "The difference between the request time and the server's time is too large.");

    public static S3Error Expired { get; } = new(403, "AccessDenied", "Request has expired");

    public static S3Error MalformedAuthorization(string why) =>
        new(400, "AuthorizationHeaderMalformed", $"The authorization is malformed: {why}");

    public static S3Error BadCopySource { get; } =
        new(400, "InvalidArgument", "x-amz-copy-source must be /BUCKET/KEY[?versionId=ID]");

    public static S3Error InvalidArgument(string message) => new(400, "InvalidArgument", message);

    public static S3Error PreconditionFailed { get; } =
        new(412, "PreconditionFailed", "At least one of the preconditions you specified did not hold");

    public static S3Error InvalidPart { get; } =
        new(400, "InvalidPart", "One or more of the specified parts could not be found, or its ETag did not match");

    public static S3Error InvalidPartOrder { get; } =
        new(400, "InvalidPartOrder", "The list of parts was not in ascending order");

    public static S3Error EntityTooSmall { get; } =
        new(400, "EntityTooSmall", "A part other than the last is smaller than the minimum of 5 MiB");

    public static S3Error BucketNotEmpty { get; } =
        new(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");

    public static S3Error BucketAlreadyOwnedByYou { get; } =
        new(409, "BucketAlreadyOwnedByYou", "The bucket you tried to create already exists, and you own it");

    public static S3Error NoConfiguration(string code, string what) => new(404, code, $"The bucket has no {what}");

    public static S3Error NotImplemented(string what) =>
        new(501, "NotImplemented", $"{what} is not implemented by this server");

    public static S3Error MethodNotAllowed { get; } =
        new(405, "MethodNotAllowed", "The specified method is not allowed against this resource");

    public static S3Error Internal { get; } =
        new(500, "InternalError", "We encountered an internal error. Please try again.");

    /// <summary>The protocol's word for a refusal of a domain.</summary>
    public static S3Error Of(Error error) =>
        error.Code switch
        {
            "data.file-not-found" => NoSuchKey,
            "data.repo-not-found" or "data.branch-not-found" or "data.no-head" or "data.commit-not-found" =>
                NoSuchBucket,
            "data.output-branch" => new(400, "WriteToOutputBranch", error.Message),
            "data.bad-path" => new(400, "InvalidFilePath", error.Message),
            "data.bad-name" => InvalidBucketName,
            "data.upload-not-found" => NoSuchUpload,
            _ => OfKind(error),
        };

    private static S3Error OfKind(Error error) =>
        error.Kind switch
        {
            ErrorKind.InvalidArgument => InvalidArgument(error.Message),
            ErrorKind.NotFound => new(404, "NotFound", error.Message),
            ErrorKind.AlreadyExists => BucketAlreadyOwnedByYou,
            ErrorKind.Unauthenticated or ErrorKind.PermissionDenied => new(403, "AccessDenied", error.Message),
            ErrorKind.Unavailable or ErrorKind.ResourceExhausted => new(503, "SlowDown", error.Message),
            ErrorKind.Conflict => new(409, "OperationAborted", error.Message),
            ErrorKind.Unimplemented => new(501, "NotImplemented", error.Message),
            // Not 503: clients would repeat for minutes what cannot succeed before somebody frees space.
            ErrorKind.NoSpace => new(507, "InsufficientStorage", error.Message),
            ErrorKind.DiskFailed or ErrorKind.DataLoss => new(500, "InternalError", error.Message),
            _ => new(409, "InvalidRequest", error.Message),
        };
}
