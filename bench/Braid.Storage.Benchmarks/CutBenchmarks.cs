using BenchmarkDotNet.Attributes;
using Braid.Storage.Chunking.Hot;

namespace Braid.Storage.Benchmarks;

/// <summary>Finding the ends of chunks in 16 MiB of random bytes.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class CutBenchmarks
{
    private readonly byte[] bytes = new byte[16 << 20];

    [GlobalSetup]
    public void Fill() => new Random(1).NextBytes(bytes);

    [Benchmark]
    public int Cut()
    {
        var chunks = 0;
        for (var at = 0; at < bytes.Length; chunks++)
        {
            at += ChunkCutter.Cut(bytes.AsSpan(at), isEnd: true);
        }

        return chunks;
    }
}
