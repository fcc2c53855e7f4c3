using System.Buffers;
using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using Braid.Grpc.Framing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Grpc.Benchmarks;

/// <summary>Reading eight messages of 2 MiB out of a stream, in blocks of 64 KiB.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class ReadBenchmarks
{
    private const int messages = 8;
    private const int messageLength = 2 << 20;

    private static readonly StreamPipeReaderOptions blocks = new(bufferSize: 64 * 1024, minimumReadSize: 32 * 1024);

    private byte[] frames = [];

    [GlobalSetup]
    public void Write()
    {
        var to = new ArrayBufferWriter<byte>();
        for (var message = 0; message < messages; message++)
        {
            FrameWriter.Write(to, new BytesValue { Value = ByteString.CopyFrom(new byte[messageLength]) }, gzip: false);
        }

        frames = to.WrittenSpan.ToArray();
    }

    /// <summary>Each message is waited for and copied.</summary>
    [Benchmark(Baseline = true)]
    public Task<long> Whole() => ReadAsync(splitter: null);

    /// <summary>Bytes are handed on where they lie.</summary>
    [Benchmark]
    public Task<long> Split() => ReadAsync(BytesSplitter.Instance);

    private async Task<long> ReadAsync(IMessageSplitter<BytesValue>? splitter)
    {
        var pipe = PipeReader.Create(new MemoryStream(frames), blocks);
        var reader = new FrameReader<BytesValue>(pipe, BytesValue.Parser, isGzip: false, splitter);
        var length = 0L;
        while (await reader.ReadAsync(default) is { } message)
        {
            length += message.Value.Length;
        }

        return length;
    }
}
