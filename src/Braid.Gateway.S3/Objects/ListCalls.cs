using System.Xml;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Requests;
using Braid.Storage.Trees;

namespace Braid.Gateway.S3.Objects;

/// <summary>ListObjects, both versions.</summary>
internal static class ListCalls
{
    public static async Task<S3Error?> ListAsync(S3Request request, BucketName bucket)
    {
        var (query, bad) = ListQuery.Read(request);
        if (query is null)
        {
            return bad;
        }

        if (await BucketCalls.MissingAsync(request, bucket) is { } missing)
        {
            return missing;
        }

        var page = await ListPage.ReadAsync(request, bucket, query);
        await Answer.XmlAsync(request.Http, "ListBucketResult", xml => Write(xml, request, query, page));
        return null;
    }

    private static void Write(XmlWriter xml, S3Request request, ListQuery query, ListPage page)
    {
        WriteHead(xml, request, query, page);
        var owner = !query.IsV2 || request.Query("fetch-owner") == "true";
        foreach (var file in page.Entries.Where(entry => entry.Kind == EntryKind.File))
        {
            xml.Element("Contents", item => WriteObject(item, query, page, file, owner));
        }

        foreach (var directory in page.Entries.Where(entry => entry.Kind == EntryKind.Directory))
        {
            var prefix = query.Encode(ObjectPath.KeyOf(directory.Path));
            xml.Element("CommonPrefixes", item => item.Element("Prefix", prefix));
        }
    }

    private static void WriteHead(XmlWriter xml, S3Request request, ListQuery query, ListPage page)
    {
        xml.Element("Name", request.Target.Bucket);
        xml.Element("Prefix", query.Encode(query.Prefix));
        xml.Element("MaxKeys", $"{query.MaxKeys}");
        xml.Element("IsTruncated", page.More ? "true" : "false");
        if (query.Delimiter.Length > 0)
        {
            xml.Element("Delimiter", query.Delimiter);
        }

        if (query.Encoded)
        {
            xml.Element("EncodingType", "url");
        }

        if (query.IsV2)
        {
            WriteV2Place(xml, request, page);
        }
        else
        {
            WriteV1Place(xml, query, page);
        }
    }

    private static void WriteV1Place(XmlWriter xml, ListQuery query, ListPage page)
    {
        xml.Element("Marker", query.Encode(query.After));
        if (page.More)
        {
            xml.Element("NextMarker", query.Encode(page.Last));
        }
    }

    private static void WriteV2Place(XmlWriter xml, S3Request request, ListPage page)
    {
        xml.Element("KeyCount", $"{page.Entries.Count}");
        if (request.Query("continuation-token") is { Length: > 0 } token)
        {
            xml.Element("ContinuationToken", token);
        }

        if (page.More)
        {
            xml.Element("NextContinuationToken", ListQuery.Token(page.Last));
        }
    }

    private static void WriteObject(XmlWriter xml, ListQuery query, ListPage page, TreeEntry file, bool owner)
    {
        xml.Element("Key", query.Encode(ObjectPath.KeyOf(file.Path)));
        xml.Element("LastModified", page.Commit is { } commit ? Answer.Time(Answer.Modified(commit)) : "");
        xml.Element("ETag", Answer.ETag(file));
        xml.Element("Size", $"{file.Size}");
        xml.Element("StorageClass", "STANDARD");
        if (owner)
        {
            xml.Owner();
        }
    }
}
