using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Grpc.Tests.Hosting;

/// <summary>What no gRPC client would send, and what clients do not show of the answer.</summary>
public sealed class WireTests : IAsyncLifetime
{
    private static readonly byte[] hello = Frame(0, new StringValue { Value = "hello" }.ToByteArray());

    private readonly HttpClient http = new();
    private EchoServer server = null!;

    public async Task InitializeAsync() => server = await EchoServer.StartAsync();

    public async Task DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    public async Task Other_content_is_not_a_call(string type)
    {
        var response = await SendAsync("Unary", hello, type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Content_type_may_name_the_message_format()
    {
        var response = await SendAsync("Unary", hello, "application/grpc+proto");

        Assert.Equal("0", Trailer(response, "grpc-status"));
    }

    [Fact]
    public async Task Refusal_without_messages_is_in_the_headers()
    {
        var response = await SendAsync("Missing", hello);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("12", response.Headers.GetValues("grpc-status").Single());
        Assert.Empty(response.TrailingHeaders);
    }

    [Fact]
    public async Task Text_of_a_failure_is_percent_encoded()
    {
        var response = await SendAsync("Fail", Frame(0, new StringValue { Value = "5" }.ToByteArray()));

        Assert.Equal("no way: 100 %25 %C2%ABnon%C2%BB", response.Headers.GetValues("grpc-message").Single());
    }

    [Fact]
    public async Task Answer_to_a_compressed_call_is_compressed()
    {
        var response = await SendAsync(
            "Unary",
            Frame(1, Zip(new StringValue { Value = "z" }.ToByteArray())),
            encoding: "gzip"
        );

        Assert.Equal("gzip", response.Headers.GetValues("grpc-encoding").Single());
        Assert.Equal(1, (await response.Content.ReadAsByteArrayAsync())[0]);
    }

    [Theory]
    [InlineData("snappy", 0, 12)]
    [InlineData("gzip", 7, 13)]
    [InlineData("", 1, 13)]
    public async Task Compression_that_cannot_be_read_is_refused(string encoding, byte flag, int code)
    {
        var response = await SendAsync("Unary", Frame(flag, [1, 2, 3]), encoding: encoding);

        Assert.Equal($"{code}", response.Headers.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task Bytes_that_are_no_message_are_an_invalid_argument()
    {
        var response = await SendAsync("Unary", Frame(0, [0xFF, 0xFF]));

        Assert.Equal("3", response.Headers.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task Announced_length_beyond_the_limit_is_refused_at_once()
    {
        var response = await SendAsync("Unary", [0, 0x7F, 0xFF, 0xFF, 0xFF]);

        Assert.Equal("8", response.Headers.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task Message_that_inflates_beyond_the_limit_is_refused()
    {
        var response = await SendAsync("Unary", Frame(1, Zip(new byte[32 << 20])), encoding: "gzip");

        Assert.Equal("8", response.Headers.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task Body_that_ends_within_a_message_is_refused()
    {
        var response = await SendAsync("Unary", hello[..^2]);

        Assert.Equal("13", response.Headers.GetValues("grpc-status").Single());
        Assert.Empty(server.UnexpectedFailures);
    }

    private static byte[] Frame(byte flag, byte[] body)
    {
        var frame = new byte[5 + body.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), body.Length);
        body.CopyTo(frame, 5);
        return frame;
    }

    private static byte[] Zip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    private static string Trailer(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.GetValues(name).Single();

    private async Task<HttpResponseMessage> SendAsync(
        string method,
        byte[] body,
        string type = "application/grpc",
        string encoding = ""
    )
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(server.Address, $"/braid.test.Echo/{method}")
        )
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.TryAddWithoutValidation("te", "trailers");
        if (encoding.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("grpc-encoding", encoding);
        }

        return await http.SendAsync(request);
    }
}
