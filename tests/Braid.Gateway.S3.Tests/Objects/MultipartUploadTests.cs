using System.Security.Cryptography;
using Amazon.S3.Model;
using static Braid.Gateway.S3.Tests.Objects.ObjectCalls;

namespace Braid.Gateway.S3.Tests.Objects;

/// <summary>Objects that Amazon's own client sends in parts.</summary>
public sealed class MultipartUploadTests
{
    [Fact]
    public async Task Multipart_uploads_stay_hidden_until_they_are_completed()
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await s3.PutBucketAsync("r");
        var bytes = new byte[11 << 20];
        new Random(9).NextBytes(bytes);
        var upload = await s3.InitiateMultipartUploadAsync("r", "big");
        var parts = new List<PartETag>();
        foreach (var (part, at) in bytes.Chunk(5 << 20).Select((part, at) => (part, at + 1)).Reverse())
        {
            var stored = await s3.UploadPartAsync(
                new()
                {
                    BucketName = "r",
                    Key = "big",
                    UploadId = upload.UploadId,
                    PartNumber = at,
                    InputStream = new MemoryStream(part),
                }
            );
            parts.Insert(0, new(at, stored.ETag));
        }

        Assert.Empty(await KeysAsync(s3, new() { BucketName = "r" }));
        Assert.Equal(3, (await s3.ListPartsAsync("r", "big", upload.UploadId)).Parts.Count);
        Assert.Single((await s3.ListMultipartUploadsAsync("r")).MultipartUploads);
        Assert.Equal("InvalidPart", (await Refused(() => Complete([new(1, "\"00\"")]))).ErrorCode);
        await Complete(parts);

        using var got = await s3.GetObjectAsync("r", "big");
        var back = new MemoryStream();
        await got.ResponseStream.CopyToAsync(back);
        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(back.ToArray()));
        Assert.Equal("NoSuchUpload", (await Refused(() => Complete(parts))).ErrorCode);
        Assert.Empty((await s3.ListMultipartUploadsAsync("r")).MultipartUploads ?? []);

        Task Complete(List<PartETag> list) =>
            s3.CompleteMultipartUploadAsync(
                new()
                {
                    BucketName = "r",
                    Key = "big",
                    UploadId = upload.UploadId,
                    PartETags = list,
                }
            );
    }

    [Fact]
    public async Task Small_parts_in_front_are_refused_and_an_aborted_upload_is_gone()
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await s3.PutBucketAsync("r");
        var upload = await s3.InitiateMultipartUploadAsync("r", "k");
        var parts = new List<PartETag>();
        for (var number = 1; number <= 2; number++)
        {
            var stored = await s3.UploadPartAsync(
                new()
                {
                    BucketName = "r",
                    Key = "k",
                    UploadId = upload.UploadId,
                    PartNumber = number,
                    InputStream = new MemoryStream([1, 2, 3]),
                }
            );
            parts.Add(new(number, stored.ETag));
        }

        var refused = await Refused(() =>
            s3.CompleteMultipartUploadAsync(
                new()
                {
                    BucketName = "r",
                    Key = "k",
                    UploadId = upload.UploadId,
                    PartETags = parts,
                }
            )
        );
        Assert.Equal("EntityTooSmall", refused.ErrorCode);
        await s3.AbortMultipartUploadAsync("r", "k", upload.UploadId);
        Assert.Equal(
            "NoSuchUpload",
            (await Refused(() => s3.AbortMultipartUploadAsync("r", "k", upload.UploadId))).ErrorCode
        );
        Assert.Empty(await KeysAsync(s3, new() { BucketName = "r" }));
    }
}
