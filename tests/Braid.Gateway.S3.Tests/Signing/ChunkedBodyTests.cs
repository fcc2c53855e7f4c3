using System.Text;
using Braid.Gateway.S3.Signing;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.S3.Tests.Signing;

public sealed class ChunkedBodyTests
{
    [Theory]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5;chunk-signature=00\r\nhello\r\n1;x=y\r\n!\r\n0;chunk-signature=00\r\n\r\n", "hello!")]
    [InlineData("2\r\n\r\n\r\n0\r\n\r\n", "\r\n")]
    [InlineData("1\r\na\r\n0\r\nx-amz-meta:1\r\n\r\n", "a")]
    [InlineData("1\r\na\r\n0\r\n", "a")]
    [InlineData("0\r\n\r\n", "")]
    [InlineData("A\r\n0123456789\r\n0\r\n\r\n", "0123456789")]
    public async Task Framing_is_taken_off(string framed, string plain) =>
        Assert.Equal(plain, await ReadAsync(framed, ""));

    [Theory]
    [InlineData("")]
    [InlineData("5\r\nhel")]
    [InlineData("5\r\nhello")]
    [InlineData("5\r\nhelloX\r\n0\r\n\r\n")]
    [InlineData("x\r\nhello\r\n0\r\n\r\n")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhello\r\n0\r\nno colon\r\n\r\n")]
    public async Task Broken_framing_is_refused(string framed) =>
        await Assert.ThrowsAsync<BadBodyException>(() => ReadAsync(framed, ""));

    [Fact]
    public async Task A_checksum_behind_the_body_is_checked()
    {
        // CRC32 of "123456789" is CBF43926, CRC32C is E3069283.
        Assert.Equal("123456789", await ReadAsync(Framed("crc32", "y/Q5Jg=="), "x-amz-checksum-crc32"));
        Assert.Equal("123456789", await ReadAsync(Framed("crc32c", "4waSgw=="), "x-amz-checksum-crc32c"));
        await Assert.ThrowsAsync<BadBodyException>(() =>
            ReadAsync(Framed("crc32", "AAAAAA=="), "x-amz-checksum-crc32")
        );
        await Assert.ThrowsAsync<BadBodyException>(() =>
            ReadAsync(Framed("crc32c", "AAAAAA=="), "x-amz-checksum-crc32c")
        );

        static string Framed(string name, string value) =>
            $"9\r\n123456789\r\n0\r\nx-amz-checksum-{name}:{value}\r\n\r\n";
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Any_bytes_are_read_or_refused(int seed)
    {
        const string signs = "0129afA\r\n;:=xh ";
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var text = new string([
                .. Enumerable.Range(0, random.Next(40)).Select(_ => signs[random.Next(signs.Length)]),
            ]);
            try
            {
                await ReadAsync(text, "");
            }
            catch (BadBodyException)
            {
                // Refused, as it should be.
            }
        }
    }

    private static async Task<string> ReadAsync(string framed, string trailer)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["x-amz-trailer"] = trailer;
        var checks = BodyChecks.Of(request);
        var source = new MemoryStream(Encoding.Latin1.GetBytes(framed));
        await using var body = new CheckedBody(new ChunkedBody(source, null, checks), checks);
        var plain = new MemoryStream();
        await body.CopyToAsync(plain, 3);
        return Encoding.Latin1.GetString(plain.ToArray());
    }
}
