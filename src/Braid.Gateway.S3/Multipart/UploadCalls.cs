using System.Xml;
using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Data.Uploads;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Objects;
using Braid.Gateway.S3.Requests;
using Braid.Primitives;

namespace Braid.Gateway.S3.Multipart;

/// <summary>Beginning, listing, completing and aborting uploads in parts.</summary>
internal static class UploadCalls
{
    public static async Task<S3Error?> BeginAsync(S3Request request, BucketName bucket)
    {
        var begun = await request.Data.Uploads.BeginAsync(
            request.Caller,
            bucket.Branch,
            ObjectPath.OfKey(request.Target.Key),
            request.Aborted
        );
        if (!begun.TryGet(out var upload, out var error))
        {
            return S3Error.Of(error);
        }

        await Answer.XmlAsync(
            request.Http,
            "InitiateMultipartUploadResult",
            xml =>
            {
                xml.Element("Bucket", request.Target.Bucket);
                xml.Element("Key", request.Target.Key);
                xml.Element("UploadId", $"{upload.Id}");
            }
        );
        return null;
    }

    public static async Task<S3Error?> ListAsync(S3Request request, BucketName bucket)
    {
        if (await BucketCalls.MissingAsync(request, bucket) is { } missing)
        {
            return missing;
        }

        var listed = await request.Data.Uploads.ListAsync(request.Caller, bucket.Branch, request.Aborted);
        if (!listed.TryGet(out var uploads, out var error))
        {
            return S3Error.Of(error);
        }

        var prefix = ObjectPath.OfKey(request.Query("prefix") ?? "");
        await Answer.XmlAsync(
            request.Http,
            "ListMultipartUploadsResult",
            xml =>
            {
                xml.Element("Bucket", request.Target.Bucket);
                xml.Element("IsTruncated", "false");
                foreach (var upload in uploads.Where(u => u.Path.StartsWith(prefix, StringComparison.Ordinal)))
                {
                    xml.Element("Upload", item => WriteUpload(item, upload));
                }
            }
        );
        return null;
    }

    public static async Task<S3Error?> AbortAsync(S3Request request, BucketName bucket)
    {
        if (!(await FindAsync(request, bucket)).TryGet(out var upload, out var error))
        {
            return S3Error.Of(error);
        }

        if ((await request.Data.Uploads.AbortAsync(request.Caller, upload.Id, request.Aborted)).Error is { } refused)
        {
            return S3Error.Of(refused);
        }

        Answer.Empty(request.Http, 204);
        return null;
    }

    public static async Task<S3Error?> CompleteAsync(S3Request request, BucketName bucket)
    {
        var (uploads, caller, ct) = (request.Data.Uploads, request.Caller, request.Aborted);
        if (!(await FindAsync(request, bucket)).TryGet(out var upload, out var error))
        {
            return S3Error.Of(error);
        }

        if (await RequestXml.ReadAsync(request) is not { } document)
        {
            return S3Error.MalformedXml;
        }

        if (!(await uploads.ListPartsAsync(caller, upload.Id, ct)).TryGet(out var stored, out error))
        {
            return S3Error.Of(error);
        }

        var (parts, bad) = PartList.Choose(document, stored);
        if (bad is not null)
        {
            return bad;
        }

        if (!(await uploads.CompleteAsync(caller, upload.Id, parts, ct)).TryGet(out var commit, out error))
        {
            return S3Error.Of(error);
        }

        var at = new FileAt(bucket.Branch.Repo, CommitSpec.OfId(commit.Name.Id), upload.Path);
        var written = await request.Data.Files.InspectAsync(caller, at, ct);
        return written.TryGet(out var found, out error) ? await AnswerAsync(request, found) : S3Error.Of(error);
    }

    /// <summary>The upload that the query names, if it is one of this bucket and key.</summary>
    public static async Task<Result<Upload>> FindAsync(S3Request request, BucketName bucket)
    {
        _ = Hex32.TryParse(request.Query("uploadId"), out var id);
        var found = await request.Data.Uploads.InspectAsync(request.Caller, id, request.Aborted);
        return found.Then(upload =>
            upload.Branch == bucket.Branch && upload.Path == ObjectPath.OfKey(request.Target.Key)
                ? found
                : S3Refusals.UploadOfAnother()
        );
    }

    private static async Task<S3Error?> AnswerAsync(S3Request request, FoundFile found)
    {
        var http = request.Http;
        http.Response.Headers["x-amz-version-id"] = $"{found.Commit.Name.Id}";
        await Answer.XmlAsync(
            http,
            "CompleteMultipartUploadResult",
            xml =>
            {
                xml.Element("Location", $"{http.Request.Scheme}://{http.Request.Host}{request.Target.RawPath}");
                xml.Element("Bucket", request.Target.Bucket);
                xml.Element("Key", request.Target.Key);
                xml.Element("ETag", Answer.ETag(found.Entry));
            }
        );
        return null;
    }

    private static void WriteUpload(XmlWriter xml, Upload upload)
    {
        xml.Element("Key", ObjectPath.KeyOf(upload.Path));
        xml.Element("UploadId", $"{upload.Id}");
        xml.Owner("Initiator");
        xml.Owner();
        xml.Element("StorageClass", "STANDARD");
        xml.Element("Initiated", Answer.Time(upload.Started));
    }
}
