using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace Braid.Gateway.S3.Tests.Multipart;

/// <summary>Parts that are copied on the server, as Amazon's own client asks for them.</summary>
public sealed class PartCopyTests
{
    private const int mebibyte = 1024 * 1024;

    [Fact]
    public async Task An_object_is_made_of_ranges_of_another()
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await s3.PutBucketAsync("r");
        var bytes = RandomNumberGenerator.GetBytes(7 * mebibyte);
        await s3.PutObjectAsync(
            new()
            {
                BucketName = "r",
                Key = "source",
                InputStream = new MemoryStream(bytes),
            }
        );

        var upload = await s3.InitiateMultipartUploadAsync("r", "joined");
        var head = await CopyAsync(s3, upload.UploadId, 1, (0, (6 * mebibyte) - 1));
        var tail = await CopyAsync(s3, upload.UploadId, 2, (6 * mebibyte, bytes.Length - 1));
        await s3.CompleteMultipartUploadAsync(
            new()
            {
                BucketName = "r",
                Key = "joined",
                UploadId = upload.UploadId,
                PartETags = [new(1, head), new(2, tail)],
            }
        );

        using var got = await s3.GetObjectAsync("r", "joined");
        var read = new MemoryStream();
        await got.ResponseStream.CopyToAsync(read);
        Assert.Equal(bytes, read.ToArray());
        var source = await s3.GetObjectMetadataAsync("r", "source");
        Assert.Equal(source.ETag, got.ETag);
    }

    [Fact]
    public async Task A_range_outside_of_the_source_is_refused()
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await s3.PutBucketAsync("r");
        await s3.PutObjectAsync(
            new()
            {
                BucketName = "r",
                Key = "source",
                ContentBody = "short",
            }
        );
        var upload = await s3.InitiateMultipartUploadAsync("r", "joined");

        var refused = await Assert.ThrowsAsync<AmazonS3Exception>(() => CopyAsync(s3, upload.UploadId, 1, (9, 12)));

        Assert.Equal("InvalidArgument", refused.ErrorCode);
    }

    private static async Task<string> CopyAsync(IAmazonS3 s3, string upload, int number, (long First, long Last) range)
    {
        var copied = await s3.CopyPartAsync(
            new()
            {
                SourceBucket = "r",
                SourceKey = "source",
                DestinationBucket = "r",
                DestinationKey = "joined",
                UploadId = upload,
                PartNumber = number,
                FirstByte = range.First,
                LastByte = range.Last,
            }
        );
        return copied.ETag;
    }
}
