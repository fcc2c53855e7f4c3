using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Storage.Trees;

namespace Braid.Gateway.S3.Tests.Objects;

/// <summary>What Amazon's own client does with the door.</summary>
public sealed class ObjectTests
{
    [Fact]
    public async Task An_object_is_put_read_listed_copied_and_deleted()
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await s3.PutBucketAsync("master.images");
        var put = await s3.PutObjectAsync(
            new()
            {
                BucketName = "master.images",
                Key = "dir/a b~ü.txt",
                ContentBody = "hello",
            }
        );
        Assert.Matches("^\"[0-9a-f]{64}-1\"$", put.ETag);

        using var got = await s3.GetObjectAsync("master.images", "dir/a b~ü.txt");
        Assert.Equal("hello", await new StreamReader(got.ResponseStream).ReadToEndAsync());
        Assert.Equal((put.ETag, "text/plain", put.VersionId), (got.ETag, got.Headers.ContentType, got.VersionId));

        await s3.CopyObjectAsync("master.images", "dir/a b~ü.txt", "master.images", "copy");
        Assert.Equal(["copy", "dir/a b~ü.txt"], await KeysAsync(s3, new() { BucketName = "images" }));
        await s3.DeleteObjectAsync("master.images", "copy");
        await s3.DeleteObjectAsync("master.images", "never-was");
        Assert.Equal(["dir/a b~ü.txt"], await KeysAsync(s3, new() { BucketName = "master.images.default" }));

        var commits = await host.Data.Commits.ListAsync(S3Host.User, new("default", "images"), new(), default);
        // The branch's empty one, the put, the copy, the delete; deleting nothing makes none.
        Assert.Equal(4, await commits.Value.CountAsync());
    }

    [Fact]
    public async Task A_put_replaces_and_the_version_before_stays_readable()
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await s3.PutBucketAsync("r");
        var first = await s3.PutObjectAsync(
            new()
            {
                BucketName = "r",
                Key = "a",
                ContentBody = "one",
            }
        );
        await s3.PutObjectAsync(
            new()
            {
                BucketName = "r",
                Key = "a",
                ContentBody = "second",
            }
        );

        Assert.Equal("second", await ReadAsync(s3, new() { BucketName = "r", Key = "a" }));
        Assert.Equal(
            "one",
            await ReadAsync(
                s3,
                new()
                {
                    BucketName = "r",
                    Key = "a",
                    VersionId = first.VersionId,
                }
            )
        );
        Assert.Equal("one", await ReadAsync(s3, new() { BucketName = $"{first.VersionId}.master.r", Key = "a" }));
        var refused = await Refused(() =>
            s3.PutObjectAsync(
                new()
                {
                    BucketName = $"{first.VersionId}.master.r",
                    Key = "a",
                    ContentBody = "x",
                }
            )
        );
        Assert.Equal("MethodNotAllowed", refused.ErrorCode);
    }

    [Fact]
    public async Task Puts_go_into_an_open_commit()
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await s3.PutBucketAsync("r");
        var branch = new BranchName(new("default", "r"), "master");
        var open = (await host.Data.Commits.StartAsync(S3Host.User, branch, null, "", default)).Value;
        var one = await s3.PutObjectAsync(
            new()
            {
                BucketName = "r",
                Key = "a",
                ContentBody = "1",
            }
        );
        var two = await s3.PutObjectAsync(
            new()
            {
                BucketName = "r",
                Key = "b",
                ContentBody = "2",
            }
        );
        Assert.Equal([$"{open.Name.Id}", $"{open.Name.Id}"], [one.VersionId, two.VersionId]);
        Assert.Equal(["a", "b"], await KeysAsync(s3, new() { BucketName = "r" }));
    }

    [Fact]
    public async Task Large_and_streamed_bodies_arrive_without_their_framing()
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await s3.PutBucketAsync("r");
        var bytes = new byte[3_000_000];
        new Random(3).NextBytes(bytes);
        foreach (var (chunked, algorithm) in Framings())
        {
            await s3.PutObjectAsync(
                new()
                {
                    BucketName = "r",
                    Key = "big",
                    InputStream = new MemoryStream(bytes),
                    UseChunkEncoding = chunked,
                    ChecksumAlgorithm = algorithm,
                }
            );
            using var got = await s3.GetObjectAsync("r", "big");
            var back = new MemoryStream();
            await got.ResponseStream.CopyToAsync(back);
            Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(back.ToArray()));
        }

        static IEnumerable<(bool, ChecksumAlgorithm?)> Framings() =>
            [
                (false, null),
                (true, null),
                (true, ChecksumAlgorithm.CRC32),
                (true, ChecksumAlgorithm.SHA256),
                (false, ChecksumAlgorithm.SHA1),
            ];
    }

    [Theory]
    [InlineData("bytes=0-3", "0123")]
    [InlineData("bytes=7-", "789")]
    [InlineData("bytes=-2", "89")]
    [InlineData("bytes=8-99", "89")]
    [InlineData("bytes=-99", "0123456789")]
    public async Task Ranges_are_served(string range, string expected)
    {
        await using var host = await S3Host.StartAsync();
        await PutAsync(host, "a", "0123456789");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/r/a");
        request.Headers.TryAddWithoutValidation("Range", range);
        using var response = await host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
        Assert.Equal(10, response.Content.Headers.ContentRange?.Length);
    }

    [Fact]
    public async Task A_range_behind_the_end_is_refused_and_nonsense_ignored()
    {
        await using var host = await S3Host.StartAsync();
        await PutAsync(host, "a", "0123456789");
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await GetAsync("bytes=10-")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("bytes=x-3")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("bytes=0-1,3-4")).StatusCode);

        async Task<HttpResponseMessage> GetAsync(string range)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/r/a");
            request.Headers.TryAddWithoutValidation("Range", range);
            return await host.Http.SendAsync(request);
        }
    }

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
    public async Task Many_are_deleted_in_one_commit()
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await PutAsync(host, "a", "1");
        await PutAsync(host, "b", "2");
        await PutAsync(host, "c", "3");
        var before = await CountAsync();
        var deleted = await s3.DeleteObjectsAsync(
            new() { BucketName = "r", Objects = [new() { Key = "a" }, new() { Key = "b" }, new() { Key = "x" }] }
        );
        Assert.Equal(3, deleted.DeletedObjects.Count);
        Assert.Equal(["c"], await KeysAsync(s3, new() { BucketName = "r" }));
        Assert.Equal(before + 1, await CountAsync());

        async Task<int> CountAsync() =>
            await (
                await host.Data.Commits.ListAsync(S3Host.User, new("default", "r"), new(), default)
            ).Value.CountAsync();
    }

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

    [Fact]
    public async Task What_does_not_match_its_digest_is_not_stored()
    {
        await using var host = await S3Host.StartAsync();
        await PutAsync(host, "a", "1");
        foreach (var (header, value) in BadDigests())
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "/r/b")
            {
                Content = new ByteArrayContent("x"u8.ToArray()),
            };
            if (!request.Headers.TryAddWithoutValidation(header, value))
            {
                request.Content.Headers.TryAddWithoutValidation(header, value);
            }

            using var response = await host.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        Assert.Equal("NoSuchKey", (await GetErrorAsync(host, "/r/b")).Code);

        static IEnumerable<(string, string)> BadDigests() =>
            [
                ("Content-MD5", Convert.ToBase64String(new byte[16])),
                ("x-amz-content-sha256", new string('0', 64)),
                ("x-amz-checksum-crc32", "AAAAAA=="),
                ("x-amz-checksum-crc32c", "AAAAAA=="),
            ];
    }

    [Fact]
    public async Task A_key_that_is_no_path_is_refused()
    {
        await using var host = await S3Host.StartAsync();
        await PutAsync(host, "a", "1");
        foreach (var key in new[] { "x*y", "a%2F%2Fb", "dir/" })
        {
            using var response = await host.Http.PutAsync($"/r/{key}", new ByteArrayContent([1]));
            Assert.Contains(
                "<Code>InvalidFilePath</Code>",
                await response.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }

        using var below = await host.Http.PutAsync("/r/a/b", new ByteArrayContent([1]));
        Assert.Equal(HttpStatusCode.BadRequest, below.StatusCode);
        var files = await host.Data.Files.ListAsync(
            S3Host.User,
            new FileAt(new("default", "r"), CommitSpec.OfBranch("master"), "/"),
            ListOptions.All,
            default
        );
        Assert.Equal(["/a"], await files.Value.Entries.Select(entry => entry.Path).ToListAsync());
    }

    private static async Task PutAsync(S3Host host, string key, string text)
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

    private static async Task<List<string>> KeysAsync(AmazonS3Client s3, ListObjectsV2Request request)
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

    private static async Task<string> ReadAsync(AmazonS3Client s3, GetObjectRequest request)
    {
        using var got = await s3.GetObjectAsync(request);
        return await new StreamReader(got.ResponseStream).ReadToEndAsync();
    }

    private static Task<AmazonS3Exception> Refused(Func<Task> call) => Assert.ThrowsAnyAsync<AmazonS3Exception>(call);

    private static async Task<(HttpStatusCode Status, string Code)> GetErrorAsync(S3Host host, string path)
    {
        using var response = await host.Http.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        var code = System.Xml.Linq.XElement.Parse(text).Element("Code")?.Value;
        return (response.StatusCode, code ?? "");
    }
}
