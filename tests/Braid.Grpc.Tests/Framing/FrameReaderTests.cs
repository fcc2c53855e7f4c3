using System.IO.Pipelines;
using Braid.Grpc.Framing;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Grpc.Tests.Framing;

public sealed class FrameReaderTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(1000, false)]
    public async Task Messages_are_found_however_the_bytes_are_cut(int piece, bool gzip)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        FrameWriter.Write(bytes, new StringValue { Value = "one" }, gzip);
        FrameWriter.Write(bytes, new StringValue(), gzip);
        FrameWriter.Write(bytes, new StringValue { Value = "three" }, gzip);
        var pipe = new Pipe();
        var reader = new FrameReader<StringValue>(pipe.Reader, StringValue.Parser, gzip);
        var sending = SendAsync(pipe.Writer, bytes.WrittenMemory, piece);

        Assert.Equal("one", (await reader.ReadAsync(default))?.Value);
        Assert.Equal("", (await reader.ReadAsync(default))?.Value);
        Assert.Equal("three", (await reader.ReadAsync(default))?.Value);
        Assert.Null(await reader.ReadAsync(default));
        await sending;
    }

    private static async Task SendAsync(PipeWriter to, ReadOnlyMemory<byte> bytes, int piece)
    {
        for (var at = 0; at < bytes.Length; at += piece)
        {
            await to.WriteAsync(bytes.Slice(at, Math.Min(piece, bytes.Length - at)));
        }

        await to.CompleteAsync();
    }
}
