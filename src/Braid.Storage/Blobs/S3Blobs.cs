using System.Net;
using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Braid.Primitives;

namespace Braid.Storage.Blobs;

/// <summary>Objects of a bucket of any S3 server.</summary>
internal sealed class S3Blobs(IAmazonS3 client, string bucket, string prefix) : IBlobStore
{
    public int ReadAhead => 8;

    public bool IsShared => true;

    /// <summary>Speaks to the address with the credentials that AWS's own tools would find.</summary>
    public static S3Blobs Open(BlobAddress.S3 address) =>
        new(new AmazonS3Client(ConfigOf(address)), address.Bucket, address.Prefix);

    public async Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = prefix + name,
            InputStream = new MemoryStream(bytes.ToArray(), writable: false),
            // Older servers store the framing of a chunked body as if it were the object.
            UseChunkEncoding = false,
        };
        try
        {
            await client.PutObjectAsync(request, ct);
        }
        catch (Exception error) when (IsRefusal(error))
        {
            throw new FaultException(Errors.BucketFailed(bucket, error.Message), error);
        }
    }

    public IBlobAppender? OpenAppend(string name, long length) => null;

    public async ValueTask<int> ReadAsync(string name, long offset, Memory<byte> into, CancellationToken ct)
    {
        if (into.IsEmpty)
        {
            return 0;
        }

        try
        {
            using var answer = await client.GetObjectAsync(RangeOf(name, offset, into.Length), ct);
            return await answer.ResponseStream.ReadAtLeastAsync(into, into.Length, throwOnEndOfStream: false, ct);
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return 0;
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            throw new FileNotFoundException($"the bucket '{bucket}' has no object '{prefix}{name}'", name, error);
        }
        catch (Exception error) when (IsRefusal(error))
        {
            throw new FaultException(Errors.BucketFailed(bucket, error.Message), error);
        }
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string start, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix + start };
        do
        {
            var page = await client.ListObjectsV2Async(request, ct);
            foreach (var entry in page.S3Objects ?? [])
            {
                yield return new(entry.Key[prefix.Length..], entry.Size ?? 0);
            }

            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        } while (request.ContinuationToken is not null);
    }

    public Task DeleteAsync(string name, CancellationToken ct) =>
        client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = prefix + name }, ct);

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return default;
    }

    /// <summary>Whether the server said no (no such bucket, no such key pair) or could not be reached.</summary>
    public static bool IsRefusal(Exception error) =>
        error is AmazonServiceException or AmazonClientException or HttpRequestException;

    internal static AmazonS3Config ConfigOf(BlobAddress.S3 address)
    {
        var config = new AmazonS3Config
        {
            // Older servers refuse or mis-store the trailing checksums that the client would add on its own.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (address.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.ForcePathStyle = true;
            config.AuthenticationRegion = address.Region ?? "us-east-1";
        }
        else if (address.Region is { } region)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return config;
    }

    private GetObjectRequest RangeOf(string name, long offset, int length) =>
        new()
        {
            BucketName = bucket,
            Key = prefix + name,
            ByteRange = new ByteRange(offset, offset + length - 1),
        };
}
