using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Packs;

namespace Braid.Storage.Benchmarks;

/// <summary>Putting chunks of 256 KiB that do not compress into packs of a folder, and reading them; nothing is synced.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, iterationCount: 5, warmupCount: 1)]
public class PackBenchmarks
{
    private const int chunks = 256;
    private const int chunkLength = 256 * 1024;

    private readonly byte[] bytes = new byte[chunks * chunkLength];
    private readonly Sha256Hash[] hashes = new Sha256Hash[chunks];
    private string folder = "";
    private PackStore? store;
    private int round;

    private PackStore Store => store ?? throw new InvalidOperationException("not set up");

    [IterationSetup]
    public void Open()
    {
        new Random(++round).NextBytes(bytes);
        folder = Directory.CreateTempSubdirectory("braid-bench-").FullName;
        var options = new PackStoreOptions { Lanes = 1, PackLength = int.MaxValue };
        store = PackStore
            .OpenAsync(new FolderBlobs(folder), TimeProvider.System, IdSource.System, options, default)
            .GetAwaiter()
            .GetResult();
    }

    [IterationCleanup]
    public void Close()
    {
        Store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(folder, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = chunks)]
    public async Task PutAndRead()
    {
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            hashes[chunk] = await Store.PutAsync(bytes.AsMemory(chunk * chunkLength, chunkLength), default);
        }

        foreach (var hash in hashes)
        {
            using var read = await Store.ReadAsync(hash, default);
        }
    }
}
