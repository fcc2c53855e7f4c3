using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using Braid.Data.Content;

namespace Braid.Data.Remote;

/// <summary>
/// An object of an S3 bucket, or those whose names begin as the URL says. Server and credentials are those that AWS's own
/// tools would find in the environment of this server (AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, ...).
/// </summary>
internal sealed class BucketPlace : IRemotePlace
{
    private readonly string bucket;
    private readonly string key;
    private readonly AmazonS3Client client;

    public BucketPlace(string bucket, string key)
    {
        this.bucket = bucket;
        this.key = key;
        client = new(Config());
    }

    public async IAsyncEnumerable<RemoteFile> ListAsync(bool recursive, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!recursive)
        {
            yield return new("", stop => OpenAsync(key, stop));
            yield break;
        }

        var prefix = key.Length == 0 || key.EndsWith('/') ? key : key + "/";
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };
        do
        {
            var page = await client.ListObjectsV2Async(request, ct);
            foreach (var found in (page.S3Objects ?? []).Where(found => !found.Key.EndsWith('/')))
            {
                yield return new(found.Key[prefix.Length..], stop => OpenAsync(found.Key, stop));
            }

            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        } while (request.ContinuationToken is not null);
    }

    /// <summary>In parts of a few MiB each, seen by nobody before the last.</summary>
    public async Task WriteAsync(string name, OpenedFile file, CancellationToken ct)
    {
        await using var from = file.OpenRead();
        using var transfer = new TransferUtility(client);
        await transfer.UploadAsync(from, bucket, $"{key.TrimEnd('/')}/{name}".TrimStart('/'), ct);
    }

    public void Dispose() => client.Dispose();

    private async Task<Stream> OpenAsync(string name, CancellationToken ct) =>
        (await client.GetObjectAsync(bucket, name, ct)).ResponseStream;

    private static AmazonS3Config Config()
    {
        var config = new AmazonS3Config
        {
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        var endpoint =
            Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_S3")
            ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL");
        if (!string.IsNullOrEmpty(endpoint))
        {
            config.ServiceURL = endpoint;
            config.ForcePathStyle = true;
            config.AuthenticationRegion = Environment.GetEnvironmentVariable("AWS_REGION") ?? "us-east-1";
        }

        return config;
    }
}
