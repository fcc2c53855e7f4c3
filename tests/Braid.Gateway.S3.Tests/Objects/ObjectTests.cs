using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Storage.Trees;
using static Braid.Gateway.S3.Tests.Objects.ObjectCalls;

namespace Braid.Gateway.S3.Tests.Objects;

/// <summary>What Amazon's own client does with objects.</summary>
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
}
