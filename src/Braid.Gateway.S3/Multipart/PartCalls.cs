using System.Globalization;
using System.Xml;
using Braid.Data.Uploads;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Objects;
using Braid.Gateway.S3.Requests;
using Braid.Primitives;

namespace Braid.Gateway.S3.Multipart;

/// <summary>Storing and listing the parts of an upload.</summary>
internal static class PartCalls
{
    private const int mostParts = 10_000;

    /// <summary>The hash of the part's bytes; see <see cref="Answer.ETag"/> for what the dash is for.</summary>
    public static string ETag(UploadPart part) => $"\"{part.Content.Hash}-1\"";

    public static async Task<S3Error?> PutAsync(S3Request request, BucketName bucket)
    {
        if (!(await StoreAsync(request, bucket, request.Body)).TryGet(out var part, out var error))
        {
            return S3Error.Of(error);
        }

        request.Http.Response.Headers.ETag = ETag(part);
        return null;
    }

    /// <summary>UploadPartCopy: the part is an object of any bucket, commit or version, or a range of it.</summary>
    public static async Task<S3Error?> CopyAsync(S3Request request, BucketName bucket)
    {
        if (CopySource.Parse(request.Header("x-amz-copy-source") ?? "") is not { } from)
        {
            return S3Error.BadCopySource;
        }

        if (
            !(await request.Data.Files.OpenAsync(request.Caller, from, request.Aborted)).TryGet(
                out var file,
                out var error
            )
        )
        {
            return S3Error.Of(error);
        }

        var (offset, length) = (0L, file.Entry.Size);
        if (
            request.Header("x-amz-copy-source-range") is { } range
            && !(ByteRange.IsRange(range) && ByteRange.TryResolve(range, length, out offset, out length))
        )
        {
            return S3Error.InvalidArgument(
                $"x-amz-copy-source-range must be bytes=FIRST-LAST within the {file.Entry.Size} bytes of the source"
            );
        }

        var source = file.OpenRead();
        source.Position = offset;
        await using var body = new RangeBody(source, length);
        if (!(await StoreAsync(request, bucket, body)).TryGet(out var part, out error))
        {
            return S3Error.Of(error);
        }

        await Answer.XmlAsync(
            request.Http,
            "CopyPartResult",
            xml =>
            {
                xml.Element("LastModified", Answer.Time(part.Stored));
                xml.Element("ETag", ETag(part));
            }
        );
        return null;
    }

    public static async Task<S3Error?> ListAsync(S3Request request, BucketName bucket)
    {
        if (!(await UploadCalls.FindAsync(request, bucket)).TryGet(out var upload, out var error))
        {
            return S3Error.Of(error);
        }

        var listed = await request.Data.Uploads.ListPartsAsync(request.Caller, upload.Id, request.Aborted);
        if (!listed.TryGet(out var parts, out error))
        {
            return S3Error.Of(error);
        }

        _ = int.TryParse(request.Query("part-number-marker"), CultureInfo.InvariantCulture, out var after);
        var shown = parts.Where(part => part.Number > after);
        await Answer.XmlAsync(request.Http, "ListPartsResult", xml => Write(xml, request, upload, after, shown));
        return null;
    }

    private static async Task<Result<UploadPart>> StoreAsync(S3Request request, BucketName bucket, Stream bytes)
    {
        var text = request.Query("partNumber");
        if (
            !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1 or > mostParts
        )
        {
            return S3Refusals.BadPartNumber(mostParts);
        }

        return (await UploadCalls.FindAsync(request, bucket)).TryGet(out var upload, out var error)
            ? await request.Data.Uploads.PutPartAsync(request.Caller, upload.Id, number, bytes, request.Aborted)
            : error;
    }

    private static void Write(XmlWriter xml, S3Request request, Upload upload, int after, IEnumerable<UploadPart> parts)
    {
        xml.Element("Bucket", request.Target.Bucket);
        xml.Element("Key", request.Target.Key);
        xml.Element("UploadId", $"{upload.Id}");
        xml.Owner("Initiator");
        xml.Owner();
        xml.Element("StorageClass", "STANDARD");
        xml.Element("PartNumberMarker", $"{after}");
        xml.Element("MaxParts", $"{mostParts}");
        xml.Element("IsTruncated", "false");
        foreach (var part in parts)
        {
            xml.Element("Part", item => WritePart(item, part));
        }
    }

    private static void WritePart(XmlWriter xml, UploadPart part)
    {
        xml.Element("PartNumber", $"{part.Number}");
        xml.Element("LastModified", Answer.Time(part.Stored));
        xml.Element("ETag", ETag(part));
        xml.Element("Size", $"{part.Content.Size}");
    }
}
