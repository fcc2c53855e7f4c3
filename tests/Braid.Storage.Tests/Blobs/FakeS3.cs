using System.Collections.Concurrent;
using System.Globalization;
using System.Security;
using Amazon.Runtime;
using Amazon.S3;
using Braid.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Braid.Storage.Tests.Blobs;

/// <summary>
/// The part of S3 that the blob store uses, in memory, over real HTTP: put, ranged get, delete, list with pages of three.
/// Bodies with a framing or checksum trailer of their own are refused, as older servers mistreat them.
/// </summary>
internal sealed class FakeS3 : IAsyncDisposable
{
    public const string Bucket = "bucket";

    private const int pageLength = 3;

    private readonly ConcurrentDictionary<string, byte[]> objects = new(StringComparer.Ordinal);
    private readonly WebApplication app;

    private FakeS3(WebApplication app) => this.app = app;

    public static async Task<FakeS3> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var fake = new FakeS3(app);
        app.MapPut($"/{Bucket}/{{**key}}", fake.PutAsync);
        app.MapGet($"/{Bucket}/{{**key}}", fake.Get);
        app.MapDelete($"/{Bucket}/{{**key}}", fake.Delete);
        await app.StartAsync();
        return fake;
    }

    /// <summary>A blob store on this server, under a prefix.</summary>
    public S3Blobs Open(string prefix)
    {
        var address = new BlobAddress.S3(Bucket, prefix, new(app.Urls.Single()), null);
        return new(
            new AmazonS3Client(new BasicAWSCredentials("key", "secret"), S3Blobs.ConfigOf(address)),
            Bucket,
            prefix
        );
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task<IResult> PutAsync(string key, HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString() + request.Headers["x-amz-trailer"];
        if (encoding.Length > 0)
        {
            return Results.Text($"framed body: {encoding}", statusCode: 501);
        }

        var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        objects[key] = body.ToArray();
        return Results.Ok();
    }

    private IResult Get(HttpRequest request, HttpResponse response, string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            return List(request.Query["prefix"].ToString(), request.Query["continuation-token"].ToString());
        }

        if (!objects.TryGetValue(key, out var bytes))
        {
            return Refuse(404, "NoSuchKey");
        }

        var range = request.GetTypedHeaders().Range?.Ranges.Single();
        var from = (int)(range?.From ?? 0);
        var to = (int)Math.Min(range?.To ?? long.MaxValue, bytes.Length - 1);
        if (from >= bytes.Length)
        {
            return Refuse(416, "InvalidRange");
        }

        response.StatusCode = range is null ? 200 : 206;
        return Results.Bytes(bytes[from..(to + 1)]);
    }

    private IResult Delete(string key)
    {
        objects.TryRemove(key, out _);
        return Results.NoContent();
    }

    private IResult List(string prefix, string after)
    {
        var found = objects
            .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Where(pair => string.CompareOrdinal(pair.Key, after) > 0)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ToList();
        var page = found.Take(pageLength).ToList();
        var isCut = found.Count > page.Count;
        var contents = page.Select(pair =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"<Contents><Key>{SecurityElement.Escape(pair.Key)}</Key><Size>{pair.Value.Length}</Size></Contents>"
            )
        );
        var next = isCut
            ? $"<NextContinuationToken>{SecurityElement.Escape(page[^1].Key)}</NextContinuationToken>"
            : "";
        return Xml(
            $"<ListBucketResult><IsTruncated>{(isCut ? "true" : "false")}</IsTruncated>{next}{string.Concat(contents)}</ListBucketResult>"
        );
    }

    private static IResult Refuse(int status, string code) => Xml($"<Error><Code>{code}</Code></Error>", status);

    private static IResult Xml(string text, int status = 200) =>
        Results.Text($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>{text}", "application/xml", statusCode: status);
}
