using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Braid.Gateway.S3.Tests.Signing;

public sealed class SigningTests
{
    [Fact]
    public async Task A_server_with_authentication_takes_only_its_own_keys()
    {
        await using var host = await S3Host.StartAsync(open: false);
        using var owner = host.Client(S3Host.Admin);
        using var wrong = host.Client(S3Host.Admin with { SecretKey = "guessed" });
        using var stranger = host.Client(new("STRANGER", "x"));
        using var same = host.Client(new("same", "same"));
        await owner.PutBucketAsync("r");

        Assert.Equal("SignatureDoesNotMatch", await RefusalAsync(wrong));
        Assert.Equal("InvalidAccessKeyId", await RefusalAsync(stranger));
        Assert.Equal("InvalidAccessKeyId", await RefusalAsync(same));
        using var anonymous = await host.Http.GetAsync("/");
        Assert.Equal(HttpStatusCode.Forbidden, anonymous.StatusCode);
        Assert.Contains("AccessDenied", await anonymous.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_server_takes_no_key_and_keys_that_equal_their_secrets()
    {
        await using var host = await S3Host.StartAsync(open: true);
        using var same = host.Client(new("anything", "anything"));
        using var wrong = host.Client(new("anything", "else"));
        await same.PutBucketAsync("r");
        using var anonymous = await host.Http.GetAsync("/r");
        Assert.Equal(HttpStatusCode.OK, anonymous.StatusCode);
        Assert.Equal("SignatureDoesNotMatch", await RefusalAsync(wrong));
    }

    [Fact]
    public async Task A_presigned_address_lets_its_bearer_read_and_write_that_object_only()
    {
        await using var host = await S3Host.StartAsync(open: false);
        using var owner = host.Client(S3Host.Admin, config => config.UseHttp = true);
        await owner.PutBucketAsync("r");
        var put = await AddressAsync(owner, "new file.txt", HttpVerb.PUT);
        using var written = await host.Http.PutAsync(put, new ByteArrayContent("hi"u8.ToArray()));
        Assert.Equal(HttpStatusCode.OK, written.StatusCode);
        var get = await AddressAsync(owner, "new file.txt", HttpVerb.GET);
        Assert.Equal("hi", await host.Http.GetStringAsync(get));

        using var other = await host.Http.GetAsync(get.Replace("new%20file", "other", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        using var longer = await host.Http.GetAsync(
            get.Replace("X-Amz-Expires=600", "X-Amz-Expires=6000", StringComparison.Ordinal)
        );
        Assert.Equal(HttpStatusCode.Forbidden, longer.StatusCode);
    }

    [Fact]
    public async Task What_was_signed_long_ago_is_refused()
    {
        await using var host = await S3Host.StartAsync(open: false, new LateClock());
        using var owner = host.Client(S3Host.Admin);
        using var late = await host.Http.GetAsync(await AddressAsync(owner, "a", HttpVerb.GET));
        Assert.Contains("Request has expired", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("RequestTimeTooSkewed", await RefusalAsync(owner));
    }

    [Fact]
    public async Task Malformed_credentials_are_refused()
    {
        await using var host = await S3Host.StartAsync(open: false);
        foreach (
            var header in new[]
            {
                "AWS key:signature",
                "Bearer x",
                "AWS4-HMAC-SHA256 nonsense",
                "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0",
            }
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.TryAddWithoutValidation("Authorization", header);
            using var response = await host.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(
                "AuthorizationHeaderMalformed",
                await response.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }
    }

    private static async Task<string> RefusalAsync(AmazonS3Client s3) =>
        (await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.ListBucketsAsync())).ErrorCode;

    private static Task<string> AddressAsync(AmazonS3Client s3, string key, HttpVerb verb) =>
        s3.GetPreSignedURLAsync(
            new GetPreSignedUrlRequest
            {
                BucketName = "r",
                Key = key,
                Verb = verb,
                Protocol = Protocol.HTTP,
                Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(10),
            }
        );

    /// <summary>Twenty minutes ahead of the clients.</summary>
    private sealed class LateClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddMinutes(20);
    }
}
