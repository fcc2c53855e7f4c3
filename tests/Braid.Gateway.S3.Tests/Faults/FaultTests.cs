using Amazon.S3;
using Amazon.S3.Model;
using Braid.Testing;

namespace Braid.Gateway.S3.Tests.Faults;

public sealed class FaultTests
{
    [Fact]
    public async Task Damaged_bytes_are_an_internal_error_with_what_to_do()
    {
        await using var host = await S3Host.StartAsync();
        using var client = host.Client(S3Host.Admin);
        await client.PutBucketAsync("master.r");
        await client.PutObjectAsync(
            new()
            {
                BucketName = "master.r",
                Key = "bad",
                ContentBody = "these bytes rot",
            }
        );
        Damage.Flip(host.Packs, "these bytes rot"u8);

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(() =>
            client.GetObjectAsync(new GetObjectRequest { BucketName = "master.r", Key = "bad" })
        );

        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, error.StatusCode);
        Assert.Contains("braid scrub", error.Message, StringComparison.Ordinal);
    }
}
