using System.Xml;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Objects;
using Braid.Gateway.S3.Requests;

namespace Braid.Gateway.S3.Versions;

/// <summary>ListObjectVersions: a version is a commit that changed the key, its id the commit's.</summary>
internal static class VersionCalls
{
    public static async Task<S3Error?> ListAsync(S3Request request, BucketName bucket)
    {
        var (listing, bad) = ListQuery.Read(request);
        if (listing is null)
        {
            return bad;
        }

        if (await BucketCalls.MissingAsync(request, bucket) is { } missing)
        {
            return missing;
        }

        var query = new VersionQuery(
            listing,
            request.Query("key-marker") ?? "",
            request.Query("version-id-marker") ?? ""
        );
        if (!(await VersionPage.ReadAsync(request, bucket, query)).TryGet(out var page, out var error))
        {
            return S3Error.Of(error);
        }

        await Answer.XmlAsync(request.Http, "ListVersionsResult", xml => Write(xml, request, query, page));
        return null;
    }

    private static void Write(XmlWriter xml, S3Request request, VersionQuery query, VersionPage page)
    {
        var listing = query.Listing;
        xml.Element("Name", request.Target.Bucket);
        xml.Element("Prefix", listing.Encode(listing.Prefix));
        xml.Element("KeyMarker", listing.Encode(query.KeyMarker));
        xml.Element("VersionIdMarker", query.VersionMarker);
        xml.Element("MaxKeys", $"{listing.MaxKeys}");
        xml.Element("IsTruncated", page.More ? "true" : "false");
        if (listing.Delimiter.Length > 0)
        {
            xml.Element("Delimiter", listing.Delimiter);
        }

        if (listing.Encoded)
        {
            xml.Element("EncodingType", "url");
        }

        if (page.More)
        {
            xml.Element("NextKeyMarker", listing.Encode(page.Next.Key));
            xml.Element("NextVersionIdMarker", page.Next.Version);
        }

        foreach (var version in page.Versions)
        {
            xml.Element(version.File is null ? "DeleteMarker" : "Version", item => Write(item, listing, version));
        }

        foreach (var prefix in page.CommonPrefixes)
        {
            xml.Element("CommonPrefixes", item => item.Element("Prefix", listing.Encode(prefix)));
        }
    }

    private static void Write(XmlWriter xml, ListQuery listing, ObjectVersion version)
    {
        xml.Element("Key", listing.Encode(version.Key));
        xml.Element("VersionId", $"{version.Commit.Name.Id}");
        xml.Element("IsLatest", version.IsLatest ? "true" : "false");
        xml.Element("LastModified", Answer.Time(Answer.Modified(version.Commit)));
        if (version.File is { } file)
        {
            xml.Element("ETag", Answer.ETag(file));
            xml.Element("Size", $"{file.Size}");
            xml.Element("StorageClass", "STANDARD");
        }

        xml.Owner();
    }
}
