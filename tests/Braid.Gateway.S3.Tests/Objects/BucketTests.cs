using System.Net;
using Amazon.S3.Model;
using Braid.Data.Naming;
using static Braid.Gateway.S3.Tests.Objects.ObjectCalls;

namespace Braid.Gateway.S3.Tests.Objects;

/// <summary>Buckets as Amazon's own client makes, lists and reads them.</summary>
public sealed class BucketTests
{
    [Fact]
    public async Task Listings_page_in_byte_order_with_and_without_directories()
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await s3.PutBucketAsync("r");
        string[] keys = ["a-b", "a/x", "a/y/z", "a0", "b", "c/1", "c/2", "d"];
        foreach (var key in keys)
        {
            await s3.PutObjectAsync(
                new()
                {
                    BucketName = "r",
                    Key = key,
                    ContentBody = key,
                }
            );
        }

        foreach (var size in new[] { 1, 2, 3, 100 })
        {
            Assert.Equal(keys, await KeysAsync(s3, new() { BucketName = "r", MaxKeys = size }));
            Assert.Equal(
                ["a-b", "a/", "a0", "b", "c/", "d"],
                await KeysAsync(
                    s3,
                    new()
                    {
                        BucketName = "r",
                        MaxKeys = size,
                        Delimiter = "/",
                    }
                )
            );
            Assert.Equal(
                ["a/x", "a/y/"],
                await KeysAsync(
                    s3,
                    new()
                    {
                        BucketName = "r",
                        MaxKeys = size,
                        Delimiter = "/",
                        Prefix = "a/",
                    }
                )
            );
            Assert.Equal(
                ["a-b", "a/", "a0"],
                await KeysAsync(
                    s3,
                    new()
                    {
                        BucketName = "r",
                        MaxKeys = size,
                        Delimiter = "/",
                        Prefix = "a",
                    }
                )
            );
        }

        Assert.Equal(["a/x", "a/y/z"], await KeysAsync(s3, new() { BucketName = "r", Prefix = "a/" }));
        Assert.Equal(["c/2", "d"], await KeysAsync(s3, new() { BucketName = "r", StartAfter = "c/1" }));
        Assert.Empty(
            await KeysAsync(
                s3,
                new()
                {
                    BucketName = "r",
                    Prefix = "b/",
                    Delimiter = "/",
                }
            )
        );
        Assert.Empty(await KeysAsync(s3, new() { BucketName = "r", Prefix = "zzz" }));
        var first = await s3.ListObjectsAsync(new ListObjectsRequest { BucketName = "r", MaxKeys = 3 });
        Assert.Equal((true, "a/y/z"), (first.IsTruncated, first.NextMarker));
    }

    [Fact]
    public async Task Buckets_are_branches()
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await s3.PutBucketAsync("dev.images");
        await s3.PutBucketAsync("master.images.default");
        Assert.Equal("BucketAlreadyOwnedByYou", (await Refused(() => s3.PutBucketAsync("images"))).ErrorCode);
        Assert.Equal(
            ["dev.images.default", "master.images.default"],
            (await s3.ListBucketsAsync()).Buckets.Select(b => b.BucketName)
        );
        Assert.Equal("InvalidBucketName", (await GetErrorAsync(host, "/a.b.c.d.e/x")).Code);
        Assert.Equal("NoSuchBucket", (await GetErrorAsync(host, "/master.nothing?list-type=2")).Code);
        Assert.Equal("NoSuchKey", (await GetErrorAsync(host, "/images/nothing")).Code);
        Assert.Equal("NotImplemented", (await GetErrorAsync(host, "/images?notification")).Code);
        Assert.Equal("NoSuchBucketPolicy", (await GetErrorAsync(host, "/images?policy")).Code);
        Assert.Equal("InvalidDelimiter", (await GetErrorAsync(host, "/images?delimiter=-")).Code);

        await s3.PutObjectAsync(
            new()
            {
                BucketName = "dev.images",
                Key = "a",
                ContentBody = "1",
            }
        );
        Assert.Equal("BucketNotEmpty", (await Refused(() => s3.DeleteBucketAsync("dev.images"))).ErrorCode);
        await s3.DeleteObjectAsync("dev.images", "a");
        await s3.DeleteBucketAsync("dev.images");
        await s3.DeleteBucketAsync("images");
        Assert.Empty((await host.Data.Repos.ListAsync(S3Host.User, "", [], default)).Value);
    }

    [Fact]
    public async Task An_output_branch_is_not_written_to()
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await s3.PutBucketAsync("in");
        Assert.True((await host.Data.Repos.CreateAsync(S3Host.User, new("default", "out"), "", false, default)).IsOk);
        var branch = new BranchName(new("default", "out"), "master");
        var input = new BranchName(new("default", "in"), "master");
        Assert.True(
            (await host.Data.Branches.CreateAsync(S3Host.User, branch, new() { Provenance = [input] }, default)).IsOk
        );
        var refused = await Refused(() =>
            s3.PutObjectAsync(
                new()
                {
                    BucketName = "out",
                    Key = "a",
                    ContentBody = "1",
                }
            )
        );
        Assert.Equal(("WriteToOutputBranch", HttpStatusCode.BadRequest), (refused.ErrorCode, refused.StatusCode));
    }
}
