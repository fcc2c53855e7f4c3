using System.Buffers;
using System.IO.Pipelines;
using Braid.Grpc.Framing;
using Braid.Grpc.Statuses;
using Braid.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Xunit.Abstractions;

namespace Braid.Grpc.Tests.Framing;

public sealed class SplitMessageTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_parts_of_messages_are_their_bytes_however_these_arrive()
    {
        var seed = Seed.Pick();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            var sent = Enumerable.Range(0, 5).Select(_ => RandomBytes(random)).ToList();
            Assert.Equal(Concat(sent), await ReadAllAsync(Frames(sent), longestPiece: random.Next(1, 100_000), random));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_message_that_is_not_split_is_read_as_a_whole(bool gzip)
    {
        var frames = new ArrayBufferWriter<byte>();
        FrameWriter.Write(frames, Bytes(new byte[MessageLimits.SplitFrom * 2]), gzip);
        var small = Bytes(new byte[100]);
        FrameWriter.Write(frames, small, gzip);
        var reader = Reader(PipeReader.Create(new(frames.WrittenMemory)), gzip);

        Assert.Equal(MessageLimits.SplitFrom * 2, (await reader.ReadAsync(default))?.Value.Length);
        Assert.Equal(small, await reader.ReadAsync(default));
        Assert.Null(await reader.ReadAsync(default));
    }

    [Fact]
    public async Task A_message_with_fields_behind_its_bytes_is_read_as_a_whole()
    {
        // A field 15 that nobody knows, of two bytes.
        byte[] body = [.. Bytes(new byte[100_000]).ToByteArray(), 0x7A, 0x02, 1, 2];
        byte[] frame = [0, 0, 1, 0x86, 0xA8, .. body];
        Assert.Equal(100_008, body.Length);
        var reader = Reader(PipeReader.Create(new MemoryStream(frame), new(bufferSize: 4096)), gzip: false);

        Assert.Equal(100_000, (await reader.ReadAsync(default))?.Value.Length);
        Assert.Null(await reader.ReadAsync(default));
    }

    [Fact]
    public async Task A_stream_that_ends_within_a_split_message_is_refused()
    {
        var frames = Frames([new byte[100_000]]);
        var reader = Reader(PipeReader.Create(new(frames[..^1])), gzip: false);

        Assert.Equal(99_999, (await reader.ReadAsync(default))?.Value.Length);
        var refusal = await Assert.ThrowsAsync<GrpcException>(async () => await reader.ReadAsync(default));
        Assert.Equal(GrpcCode.Internal, refusal.Status.Code);
    }

    [Fact]
    public async Task Reading_sixteen_MiB_in_parts_allocates_few_KiB()
    {
        var frames = Frames([.. Enumerable.Range(0, 8).Select(_ => new byte[2 << 20])]).ToArray();
        await CountAsync(frames);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(16 << 20, await CountAsync(frames));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 128 * 1024);
    }

    private static async Task<long> CountAsync(byte[] frames)
    {
        var from = PipeReader.Create(new MemoryStream(frames), new(bufferSize: 64 * 1024, minimumReadSize: 32 * 1024));
        var (reader, count) = (Reader(from, gzip: false), 0L);
        while (await reader.ReadAsync(default) is { } message)
        {
            count += message.Value.Length;
        }

        return count;
    }

    private static async Task<byte[]> ReadAllAsync(ReadOnlyMemory<byte> frames, int longestPiece, Random random)
    {
        var pipe = new Pipe(new(minimumSegmentSize: random.Next(1, 20_000)));
        var sending = SendAsync(pipe.Writer, frames, longestPiece, new(random.Next()));
        var (reader, all) = (Reader(pipe.Reader, gzip: false), new ArrayBufferWriter<byte>());
        while (await reader.ReadAsync(default) is { } message)
        {
            all.Write(message.Value.Span);
        }

        await sending;
        return all.WrittenSpan.ToArray();
    }

    private static async Task SendAsync(PipeWriter to, ReadOnlyMemory<byte> bytes, int longest, Random random)
    {
        for (var at = 0; at < bytes.Length; )
        {
            var length = Math.Min(random.Next(1, longest + 1), bytes.Length - at);
            await to.WriteAsync(bytes.Slice(at, length));
            at += length;
        }

        await to.CompleteAsync();
    }

    private static FrameReader<BytesValue> Reader(PipeReader from, bool gzip) =>
        new(from, BytesValue.Parser, gzip, BytesSplitter.Instance);

    private static ReadOnlyMemory<byte> Frames(IEnumerable<byte[]> messages)
    {
        var frames = new ArrayBufferWriter<byte>();
        foreach (var message in messages)
        {
            FrameWriter.Write(frames, Bytes(message), gzip: false);
        }

        return frames.WrittenMemory;
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(random.Next(2) == 0 ? 1000 : 300_000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Concat(IEnumerable<byte[]> parts) => [.. parts.SelectMany(part => part)];

    private static BytesValue Bytes(byte[] bytes) => new() { Value = UnsafeByteOperations.UnsafeWrap(bytes) };
}
