using System.Security.Cryptography;
using Braid.Grpc.Client;
using Braid.Grpc.Methods;
using Braid.Grpc.Statuses;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Grpc.Tests.Hosting;

public sealed class CallTests : IAsyncLifetime
{
    private static readonly CancellationToken none = CancellationToken.None;

    private EchoServer server = null!;
    private GrpcChannel channel = null!;

    public async Task InitializeAsync()
    {
        server = await EchoServer.StartAsync();
        channel = server.Connect();
    }

    public async Task DisposeAsync()
    {
        channel.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("grüß dich, 世界")]
    public async Task Unary_call_answers_one_message(string text) =>
        Assert.Equal(text, (await UnaryAsync(EchoServer.Unary, text)).Value);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000)]
    public async Task Server_stream_delivers_every_message_in_order(int count)
    {
        var got = await ListAsync(
            channel.ServerStreamAsync(EchoServer.Repeat, Text($"{count}"), CallOptions.None, none)
        );

        Assert.Equal(Enumerable.Range(0, count).Select(n => $"{n}"), got);
    }

    [Fact]
    public async Task Large_messages_arrive_as_they_were_sent()
    {
        var bytes = new byte[12_345_678];
        new Random(1).NextBytes(bytes);
        int[] lengths = [0, 5_000_000, 40_000, 3, 32 * 1024, 7_000_000];
        var got = await channel.ClientStreamAsync(EchoServer.Digest, Pieces(bytes, lengths), CallOptions.None, none);

        Assert.Equal(Convert.ToHexString(SHA256.HashData(bytes.AsSpan(0, lengths.Sum()))), got.Value);
    }

    [Fact]
    public async Task A_server_that_leaves_within_a_large_message_says_why_and_serves_on()
    {
        var error = await Assert.ThrowsAsync<GrpcException>(() =>
            channel.ClientStreamAsync(
                EchoServer.Leave,
                Pieces(new byte[9_000_000], [9_000_000]),
                CallOptions.None,
                none
            )
        );

        Assert.Equal(GrpcCode.OutOfRange, error.Status.Code);
        Assert.Equal("on", (await UnaryAsync(EchoServer.Unary, "on")).Value);
    }

    [Fact]
    public async Task Client_stream_delivers_every_message_in_order()
    {
        var got = await channel.ClientStreamAsync(EchoServer.Collect, Texts("a", "b", "c"), CallOptions.None, none);

        Assert.Equal("abc", got.Value);
    }

    [Fact]
    public async Task Client_stream_of_nothing_is_a_call()
    {
        var got = await channel.ClientStreamAsync(EchoServer.Collect, Texts(), CallOptions.None, none);

        Assert.Equal("", got.Value);
    }

    [Fact]
    public async Task Duplex_call_answers_before_the_client_is_done()
    {
        var more = System.Threading.Channels.Channel.CreateUnbounded<StringValue>();
        more.Writer.TryWrite(Text("first"));
        var answers = channel
            .DuplexAsync(EchoServer.Chat, more.Reader.ReadAllAsync(), CallOptions.None, none)
            .GetAsyncEnumerator();

        Assert.True(await answers.MoveNextAsync());
        Assert.Equal("first", answers.Current.Value);

        more.Writer.TryWrite(Text("second"));
        Assert.True(await answers.MoveNextAsync());
        Assert.Equal("second", answers.Current.Value);

        more.Writer.Complete();
        Assert.False(await answers.MoveNextAsync());
        await answers.DisposeAsync();
    }

    [Fact]
    public async Task Compressed_messages_go_both_ways()
    {
        var text = new string('z', 1_000_000);

        var got = await channel.UnaryAsync(EchoServer.Unary, Text(text), new() { UseGzip = true }, none);

        Assert.Equal(text, got.Value);
    }

    [Fact]
    public async Task Metadata_reaches_the_handler()
    {
        var options = new CallOptions { Metadata = new Dictionary<string, string> { ["authn-token"] = "secret" } };

        var got = await channel.UnaryAsync(EchoServer.Metadata, Text("authn-token"), options, none);

        Assert.Equal("secret", got.Value);
    }

    [Fact]
    public async Task Failure_carries_code_text_and_details()
    {
        var failure = await FailureAsync(() => UnaryAsync(EchoServer.Fail, "5"));

        Assert.Equal(GrpcCode.NotFound, failure.Code);
        Assert.Equal("no way: 100 % «non»", failure.Message);
        Assert.Equal("a detail", Assert.Single(failure.Details).Unpack<StringValue>().Value);
    }

    [Fact]
    public async Task Messages_before_a_failure_are_delivered()
    {
        var got = new List<string>();

        var failure = await FailureAsync(async () =>
        {
            await foreach (
                var one in channel.ServerStreamAsync(EchoServer.RepeatThenFail, Text("2"), CallOptions.None, none)
            )
            {
                got.Add(one.Value);
            }
        });

        Assert.Equal(GrpcCode.DataLoss, failure.Code);
        Assert.Equal(["0", "1"], got);
    }

    [Fact]
    public async Task Unknown_method_is_unimplemented()
    {
        var failure = await FailureAsync(() => UnaryAsync(EchoServer.Missing, "x"));

        Assert.Equal(GrpcCode.Unimplemented, failure.Code);
        Assert.Contains("braid.test.Echo/Missing", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unexpected_failure_is_logged_once_and_tells_the_client_only_its_request()
    {
        var failure = await FailureAsync(() => UnaryAsync(EchoServer.Throw, "x"));

        Assert.Equal(GrpcCode.Internal, failure.Code);
        Assert.DoesNotContain("secret cause", failure.Message, StringComparison.Ordinal);
        var line = Assert.Single(server.UnexpectedFailures);
        Assert.Contains(failure.Message.Split(' ')[^1], line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deadline_ends_the_call_on_both_sides()
    {
        var options = new CallOptions { Timeout = TimeSpan.FromMilliseconds(100) };

        var failure = await FailureAsync(() => channel.UnaryAsync(EchoServer.Wait, Text(""), options, none));

        Assert.Equal(GrpcCode.DeadlineExceeded, failure.Code);
        await server.WaitCancelled.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(server.UnexpectedFailures);
    }

    [Fact]
    public async Task Cancelled_call_is_cancelled_in_the_server()
    {
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (
                var _ in channel.ServerStreamAsync(EchoServer.RepeatThenWait, Text("1"), CallOptions.None, stop.Token)
            )
            {
                await stop.CancelAsync();
            }
        });

        await server.WaitCancelled.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(server.UnexpectedFailures);
    }

    [Fact]
    public async Task Message_just_within_the_limit_passes() =>
        Assert.Equal(19 << 20, (await UnaryAsync(EchoServer.Unary, new('x', 19 << 20))).Value.Length);

    [Fact]
    public async Task Message_beyond_the_limit_is_refused_before_it_is_sent()
    {
        var failure = await FailureAsync(() => UnaryAsync(EchoServer.Unary, new('x', 21 << 20)));

        Assert.Equal(GrpcCode.ResourceExhausted, failure.Code);
    }

    [Fact]
    public async Task Server_that_stops_ends_its_endless_calls()
    {
        var answers = channel
            .ServerStreamAsync(EchoServer.RepeatThenWait, Text("1"), CallOptions.None, none)
            .GetAsyncEnumerator();
        Assert.True(await answers.MoveNextAsync());

        var stopped = server.StopAsync();
        var failure = await FailureAsync(async () => await answers.MoveNextAsync());

        Assert.Equal(GrpcCode.Unavailable, failure.Code);
        await stopped;
        await answers.DisposeAsync();
    }

    [Fact]
    public async Task Server_that_is_not_there_is_unavailable()
    {
        await server.StopAsync();

        var failure = await FailureAsync(() => UnaryAsync(EchoServer.Unary, "x"));

        Assert.Equal(GrpcCode.Unavailable, failure.Code);
        Assert.Contains(server.Address.Authority, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Handler_of_another_kind_than_its_method_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            new Grpc.Hosting.Dispatch.GrpcMethodTable().Unary(
                EchoServer.Repeat,
                (request, _, _) => Task.FromResult<Reply<StringValue>>(request)
            )
        );

    private static StringValue Text(string value) => new() { Value = value };

    private static async IAsyncEnumerable<StringValue> Texts(params string[] values)
    {
        foreach (var value in values)
        {
            await Task.Yield();
            yield return Text(value);
        }
    }

    private static async Task<GrpcStatus> FailureAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<GrpcException>(call)).Status;

    private static async Task<List<string>> ListAsync(IAsyncEnumerable<StringValue> messages)
    {
        var all = new List<string>();
        await foreach (var message in messages)
        {
            all.Add(message.Value);
        }

        return all;
    }

    private Task<StringValue> UnaryAsync(GrpcMethod<StringValue, StringValue> method, string text) =>
        channel.UnaryAsync(method, Text(text), CallOptions.None, none);

    private static async IAsyncEnumerable<BytesValue> Pieces(byte[] bytes, int[] lengths)
    {
        var at = 0;
        foreach (var length in lengths)
        {
            yield return new() { Value = UnsafeByteOperations.UnsafeWrap(bytes.AsMemory(at, length)) };
            at += length;
        }

        await Task.CompletedTask;
    }
}
