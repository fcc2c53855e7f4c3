using Braid.Data.Content;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Requests;
using Braid.Primitives;

namespace Braid.Gateway.S3.Objects;

/// <summary>Calls that write one object: one commit each, or into the branch's open commit.</summary>
internal static class WriteCalls
{
    public static async Task<S3Error?> PutAsync(S3Request request, BucketName bucket)
    {
        if (request.Target.Key.EndsWith('/'))
        {
            return S3Error.DirectoryKey;
        }

        var path = ObjectPath.OfKey(request.Target.Key);
        if (!(await EditAsync(request, bucket)).TryGet(out var begun, out var error))
        {
            return S3Error.Of(error);
        }

        using var edits = begun;

        // A put replaces; the domain's append, by itself, would add to what is there.
        error = (await edits.DeleteAsync(path, request.Aborted)).Error;
        error ??= (await edits.AppendAsync(path, request.Body, request.Aborted)).Error;
        if (error is not null)
        {
            return S3Error.Of(error);
        }

        var written = await ApplyAsync(request, edits, bucket, path);
        if (!written.TryGet(out var file, out error))
        {
            return S3Error.Of(error);
        }

        request.Http.Response.Headers.ETag = Answer.ETag(file.Entry);
        return null;
    }

    public static async Task<S3Error?> CopyAsync(S3Request request, BucketName bucket)
    {
        if (CopySource.Parse(request.Header("x-amz-copy-source") ?? "") is not { } from)
        {
            return S3Error.BadCopySource;
        }

        var path = ObjectPath.OfKey(request.Target.Key);
        if (!(await EditAsync(request, bucket)).TryGet(out var begun, out var error))
        {
            return S3Error.Of(error);
        }

        using var edits = begun;

        if ((await edits.CopyAsync(from, path, append: false, request.Aborted)).Error is { } refused)
        {
            return S3Error.Of(refused);
        }

        var written = await ApplyAsync(request, edits, bucket, path);
        if (!written.TryGet(out var file, out error))
        {
            return S3Error.Of(error);
        }

        await Answer.XmlAsync(
            request.Http,
            "CopyObjectResult",
            xml =>
            {
                xml.Element("LastModified", Answer.Time(Answer.Modified(file.Commit)));
                xml.Element("ETag", Answer.ETag(file.Entry));
            }
        );
        return null;
    }

    private static Task<Result<FileEdits<Commit>>> EditAsync(S3Request request, BucketName bucket) =>
        request.Data.Files.EditAsync(request.Caller, bucket.Branch.Repo, bucket.Spec, request.Aborted);

    /// <summary>What the commit then holds at the path; its id goes into the headers.</summary>
    private static async Task<Result<FoundFile>> ApplyAsync(
        S3Request request,
        FileEdits<Commit> edits,
        BucketName bucket,
        string path
    )
    {
        if (!(await edits.ApplyAsync(request.Aborted)).TryGet(out var commit, out var error))
        {
            return error;
        }

        request.Http.Response.Headers["x-amz-version-id"] = $"{commit.Name.Id}";
        var at = new FileAt(bucket.Branch.Repo, CommitSpec.OfId(commit.Name.Id), path);
        return await request.Data.Files.InspectAsync(request.Caller, at, request.Aborted);
    }
}
