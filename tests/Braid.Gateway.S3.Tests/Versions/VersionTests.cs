using Amazon.S3;
using Amazon.S3.Model;

namespace Braid.Gateway.S3.Tests.Versions;

/// <summary>Commits are versions, as Amazon's own client lists them.</summary>
public sealed class VersionTests
{
    [Fact]
    public async Task Each_commit_that_changed_a_key_is_a_version_and_a_deletion_is_a_marker()
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await s3.PutBucketAsync("r");
        var first = await PutAsync(s3, "a/x", "one");
        var other = await PutAsync(s3, "b", "other");
        var second = await PutAsync(s3, "a/x", "two!");
        await s3.DeleteObjectAsync("r", "a/x");

        var page = await s3.ListVersionsAsync("r");

        Assert.Equal(["a/x", "a/x", "a/x", "b"], page.Versions.Select(version => version.Key));
        Assert.Equal([second, first, other], page.Versions.Skip(1).Select(version => version.VersionId));
        Assert.Equal([true, false, false, false], page.Versions.Select(version => version.IsDeleteMarker == true));
        Assert.Equal([true, false, false, true], page.Versions.Select(version => version.IsLatest == true));
        Assert.Equal([4L, 3L, 5L], page.Versions.Skip(1).Select(version => version.Size ?? -1));
        using var old = await s3.GetObjectAsync("r", "a/x", first);
        Assert.Equal("one", await new StreamReader(old.ResponseStream).ReadToEndAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Pages_of_any_size_hold_every_version_once(int size)
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await s3.PutBucketAsync("r");
        foreach (var (key, round) in from round in Enumerable.Range(0, 3) from key in "abc" select ($"{key}", round))
        {
            await PutAsync(s3, key, $"{key}{round}");
        }

        var whole = (await s3.ListVersionsAsync("r")).Versions.Select(version => (version.Key, version.VersionId));
        var paged = new List<(string, string)>();
        var request = new ListVersionsRequest { BucketName = "r", MaxKeys = size };
        ListVersionsResponse page;
        do
        {
            page = await s3.ListVersionsAsync(request);
            Assert.InRange(page.Versions.Count, 1, size);
            paged.AddRange(page.Versions.Select(version => (version.Key, version.VersionId)));
            request.KeyMarker = page.NextKeyMarker;
            request.VersionIdMarker = page.NextVersionIdMarker;
        } while (page.IsTruncated == true);

        Assert.Equal(9, paged.Count);
        Assert.Equal(whole, paged);
    }

    [Fact]
    public async Task A_prefix_and_a_delimiter_narrow_the_list()
    {
        await using var host = await S3Host.StartAsync();
        using var s3 = host.Client(S3Host.Admin);
        await s3.PutBucketAsync("r");
        await PutAsync(s3, "in/a", "1");
        await PutAsync(s3, "in/deep/b", "2");
        await PutAsync(s3, "in/deep/b", "3");
        await PutAsync(s3, "out", "4");

        var page = await s3.ListVersionsAsync(
            new ListVersionsRequest
            {
                BucketName = "r",
                Prefix = "in/",
                Delimiter = "/",
            }
        );

        Assert.Equal(["in/a"], page.Versions.Select(version => version.Key));
        Assert.Equal(["in/deep/"], page.CommonPrefixes);
    }

    private static async Task<string> PutAsync(IAmazonS3 s3, string key, string text) =>
        (
            await s3.PutObjectAsync(
                new()
                {
                    BucketName = "r",
                    Key = key,
                    ContentBody = text,
                }
            )
        ).VersionId;
}
