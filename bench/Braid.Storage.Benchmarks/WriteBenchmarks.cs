using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Braid.Storage.Blobs;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Storage.Benchmarks;

/// <summary>Writing to a folder, durable at the end: one large stream, and many small files into one tree.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, iterationCount: 5, warmupCount: 1)]
public class WriteBenchmarks
{
    private const int largeLength = 256 << 20;
    private const int smallFiles = 20_000;
    private const int smallLength = 3 * 1024;

    private readonly byte[] large = new byte[largeLength];
    private readonly byte[] text = new byte[largeLength];
    private string folder = "";
    private ContentStore? store;
    private int round;

    private ContentStore Store => store ?? throw new InvalidOperationException("not set up");

    [IterationSetup]
    public void Open()
    {
        new Random(++round).NextBytes(large);
        for (var i = 0; i < large.Length; i++)
        {
            text[i] = "0123456789abcdef"u8[large[i] & 15];
        }

        folder = Directory.CreateTempSubdirectory("braid-bench-").FullName;
        store = ContentStore
            .OpenAsync(new BlobAddress.Folder(folder), TimeProvider.System, default)
            .GetAwaiter()
            .GetResult();
    }

    [IterationCleanup]
    public void Close()
    {
        Store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>256 MiB that do not compress.</summary>
    [Benchmark]
    public async Task LargeRandom()
    {
        using var hold = Store.Hold();
        await hold.SealAsync(await hold.WriteAsync(new MemoryStream(large), default), default);
    }

    /// <summary>256 MiB of hexadecimal digits, which compress to about half.</summary>
    [Benchmark]
    public async Task LargeText()
    {
        using var hold = Store.Hold();
        await hold.SealAsync(await hold.WriteAsync(new MemoryStream(text), default), default);
    }

    /// <summary>20,000 files of 3 KiB into one directory.</summary>
    [Benchmark(OperationsPerInvoke = smallFiles)]
    public async Task SmallFiles()
    {
        using var hold = Store.Hold();
        var edits = new List<TreeEdit>(smallFiles);
        for (var i = 0; i < smallFiles; i++)
        {
            FileContent content = await hold.WriteAsync(large.AsMemory(i * smallLength, smallLength), default);
            edits.Add(new TreeEdit.Put($"/images/{i:00000}.png", content));
        }

        var made = await hold.ApplyAsync(TreeRoot.Empty, edits, default);
        await hold.SealAsync(made.Value, default);
    }
}
