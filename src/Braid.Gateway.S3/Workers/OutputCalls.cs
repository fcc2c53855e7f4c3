using System.Globalization;
using System.Xml.Linq;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Requests;
using Braid.Pipelines.Workers.Buckets;
using Braid.Primitives;

namespace Braid.Gateway.S3.Workers;

/// <summary>Calls on the bucket for a job's output: objects are put, whole or in parts, and taken back; nothing is read.</summary>
internal static class OutputCalls
{
    public static Task<S3Error?> ServeAsync(S3Request request, OutputBucket output) =>
        (request.Http.Request.Method, request.Target.Key.Length > 0, request.Query("uploadId")) switch
        {
            ("HEAD", false, _) => Done(request, 200),
            ("PUT", true, null) when request.Header("x-amz-copy-source") is null => PutAsync(request, output),
            ("PUT", true, { } upload) when request.Header("x-amz-copy-source") is null => PutPartAsync(
                request,
                output,
                upload
            ),
            ("POST", true, null) when request.Query("uploads") is not null => BeginAsync(request, output),
            ("POST", true, { } upload) => CompleteAsync(request, output, upload),
            ("DELETE", true, null) => output.Delete(request.Target.Key).Error is { } bad
                ? Refuse(S3Error.Of(bad))
                : Done(request, 204),
            ("DELETE", true, { } upload) => output.Abort(upload) ? Done(request, 204) : Refuse(S3Error.NoSuchUpload),
            _ => Refuse(S3Error.WriteOnly),
        };

    private static async Task<S3Error?> PutAsync(S3Request request, OutputBucket output) =>
        request.Target.Key.EndsWith('/')
            ? S3Error.DirectoryKey
            : Tagged(request, await output.PutAsync(request.Target.Key, request.Body, request.Aborted));

    private static async Task<S3Error?> PutPartAsync(S3Request request, OutputBucket output, string upload) =>
        int.TryParse(request.Query("partNumber"), CultureInfo.InvariantCulture, out var number) && number > 0
            ? Tagged(request, await output.PutPartAsync(upload, number, request.Body, request.Aborted))
            : S3Error.InvalidArgument("partNumber must be a number from 1");

    private static async Task<S3Error?> BeginAsync(S3Request request, OutputBucket output)
    {
        if (!output.Begin(request.Target.Key).TryGet(out var upload, out var error))
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
                xml.Element("UploadId", upload);
            }
        );
        return null;
    }

    private static async Task<S3Error?> CompleteAsync(S3Request request, OutputBucket output, string upload)
    {
        if (await RequestXml.ReadAsync(request) is not { } document || NumbersOf(document) is not { } numbers)
        {
            return S3Error.MalformedXml;
        }

        var made = await output.CompleteAsync(upload, request.Target.Key, numbers, request.Aborted);
        if (!made.TryGet(out var hash, out var error))
        {
            return S3Error.Of(error);
        }

        await Answer.XmlAsync(
            request.Http,
            "CompleteMultipartUploadResult",
            xml =>
            {
                xml.Element("Bucket", request.Target.Bucket);
                xml.Element("Key", request.Target.Key);
                xml.Element("ETag", Tag(hash));
            }
        );
        return null;
    }

    /// <summary>The numbers of the parts in their order; null when one is no number.</summary>
    private static List<int>? NumbersOf(XElement document)
    {
        var numbers = new List<int>();
        foreach (var element in document.Descendants().Where(element => element.Name.LocalName == "PartNumber"))
        {
            if (!int.TryParse(element.Value, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static S3Error? Tagged(S3Request request, Result<string> written)
    {
        if (!written.TryGet(out var hash, out var error))
        {
            return S3Error.Of(error);
        }

        request.Http.Response.Headers.ETag = Tag(hash);
        return null;
    }

    // As elsewhere, the part after the dash tells clients that this is no MD5.
    private static string Tag(string hash) => $"\"{hash}-1\"";

    private static Task<S3Error?> Done(S3Request request, int status)
    {
        Answer.Empty(request.Http, status);
        return Task.FromResult<S3Error?>(null);
    }

    private static Task<S3Error?> Refuse(S3Error error) => Task.FromResult<S3Error?>(error);
}
