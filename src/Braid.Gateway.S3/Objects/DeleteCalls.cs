using System.Xml;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Requests;

namespace Braid.Gateway.S3.Objects;

/// <summary>Deleting one object, or many in one commit. What is not there is deleted already.</summary>
internal static class DeleteCalls
{
    private const int mostKeys = 1000;

    public static async Task<S3Error?> DeleteAsync(S3Request request, BucketName bucket)
    {
        if (request.Query("versionId") is { Length: > 0 })
        {
            return S3Error.NotImplemented("Deleting a version");
        }

        if (await DeleteAsync(request, bucket, [request.Target.Key]) is { } error)
        {
            return error;
        }

        Answer.Empty(request.Http, 204);
        return null;
    }

    public static async Task<S3Error?> DeleteManyAsync(S3Request request, BucketName bucket)
    {
        if (await RequestXml.ReadAsync(request) is not { } root)
        {
            return S3Error.MalformedXml;
        }

        var objects = root.Elements().Where(element => element.Name.LocalName == "Object").ToList();
        var keys = objects.Select(item => item.Child("Key") ?? "").ToList();
        if (keys.Count is 0 or > mostKeys || keys.Contains(""))
        {
            return S3Error.MalformedXml;
        }

        if (objects.Exists(item => item.Child("VersionId") is { Length: > 0 }))
        {
            return S3Error.NotImplemented("Deleting a version");
        }

        if (await DeleteAsync(request, bucket, keys) is { } error)
        {
            return error;
        }

        var quiet = root.Child("Quiet") == "true";
        await Answer.XmlAsync(request.Http, "DeleteResult", xml => WriteDeleted(xml, quiet ? [] : keys));
        return null;
    }

    /// <summary>A commit is made only when something is there to delete.</summary>
    private static async Task<S3Error?> DeleteAsync(S3Request request, BucketName bucket, IReadOnlyList<string> keys)
    {
        var (files, repo, ct) = (request.Data.Files, bucket.Branch.Repo, request.Aborted);
        if (await BucketCalls.MissingAsync(request, bucket) is { } missing)
        {
            return missing;
        }

        if (!(await files.EditAsync(request.Caller, repo, bucket.Spec, ct)).TryGet(out var begun, out var error))
        {
            return S3Error.Of(error);
        }

        using var edits = begun;
        var any = false;
        foreach (var path in keys.Where(key => !key.EndsWith('/')).Select(ObjectPath.OfKey))
        {
            if ((await files.InspectAsync(request.Caller, new(repo, bucket.Spec, path), ct)).IsOk)
            {
                any = true;
                error ??= (await edits.DeleteAsync(path, ct)).Error;
            }
        }

        error ??= any ? (await edits.ApplyAsync(ct)).Error : null;
        return error is null ? null : S3Error.Of(error);
    }

    private static void WriteDeleted(XmlWriter xml, IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            xml.Element("Deleted", deleted => deleted.Element("Key", key));
        }
    }
}
