using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace Braid.Gateway.S3.Tests.Objects;

/// <summary>What tests of objects ask of the door, and expect of it.</summary>
internal static class ObjectCalls
{
    public static async Task PutAsync(S3Host host, string key, string text)
    {
        using var s3 = host.Client(S3Host.Admin);
        if ((await host.Data.Repos.InspectAsync(S3Host.User, new("default", "r"), default)).Error is not null)
        {
            await s3.PutBucketAsync("r");
        }

        await s3.PutObjectAsync(
            new()
            {
                BucketName = "r",
                Key = key,
                ContentBody = text,
            }
        );
    }

    public static async Task<List<string>> KeysAsync(AmazonS3Client s3, ListObjectsV2Request request)
    {
        var keys = new List<string>();
        ListObjectsV2Response page;
        do
        {
            page = await s3.ListObjectsV2Async(request);
            keys.AddRange(page.S3Objects?.Select(item => item.Key) ?? []);
            keys.AddRange(page.CommonPrefixes ?? []);
            request.ContinuationToken = page.NextContinuationToken;
        } while (page.IsTruncated == true);

        return
        [
            .. keys.OrderBy(Encoding.UTF8.GetBytes, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))),
        ];
    }

    public static async Task<string> ReadAsync(AmazonS3Client s3, GetObjectRequest request)
    {
        using var got = await s3.GetObjectAsync(request);
        return await new StreamReader(got.ResponseStream).ReadToEndAsync();
    }

    public static Task<AmazonS3Exception> Refused(Func<Task> call) => Assert.ThrowsAnyAsync<AmazonS3Exception>(call);

    public static async Task<(HttpStatusCode Status, string Code)> GetErrorAsync(S3Host host, string path)
    {
        using var response = await host.Http.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        var code = System.Xml.Linq.XElement.Parse(text).Element("Code")?.Value;
        return (response.StatusCode, code ?? "");
    }
}
