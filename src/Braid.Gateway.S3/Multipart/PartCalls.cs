using System.Globalization;
using System.Xml;
using Braid.Data.Uploads;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Requests;

namespace Braid.Gateway.S3.Multipart;

/// <summary>Storing and listing the parts of an upload.</summary>
internal static class PartCalls
{
    private const int mostParts = 10_000;

    /// <summary>The hash of the part's bytes; see <see cref="Answer.ETag"/> for what the dash is for.</summary>
    public static string ETag(UploadPart part) => $"\"{part.Content.Hash}-1\"";

    public static async Task<S3Error?> PutAsync(S3Request request, BucketName bucket)
    {
        var text = request.Query("partNumber");
        if (
            !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1 or > mostParts
        )
        {
            return S3Error.InvalidArgument($"partNumber must be from 1 to {mostParts}");
        }

        if (!(await UploadCalls.FindAsync(request, bucket)).TryGet(out var upload, out var error))
        {
            return S3Error.Of(error);
        }

        var (uploads, caller, ct) = (request.Data.Uploads, request.Caller, request.Aborted);
        var stored = await uploads.PutPartAsync(caller, upload.Id, number, request.Body, ct);
        if (!stored.TryGet(out var part, out error))
        {
            return S3Error.Of(error);
        }

        request.Http.Response.Headers.ETag = ETag(part);
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
