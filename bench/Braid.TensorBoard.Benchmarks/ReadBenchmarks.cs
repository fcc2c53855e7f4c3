using BenchmarkDotNet.Attributes;
using Braid.TensorBoard.Hot;
using Braid.TensorBoard.Reading;
using Braid.TensorBoard.Writing;

namespace Braid.TensorBoard.Benchmarks;

/// <summary>Reading a file of a million scalars of fifty tags, both check sums of each record included.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class ReadBenchmarks
{
    private const int records = 1_000_000;
    private const int tags = 50;
    private readonly EventBatch batch = new();
    private readonly TagTable table = new();
    private byte[] bytes = [];
    private string path = "";

    [GlobalSetup]
    public void Write()
    {
        path = Path.GetTempFileName();
        using var stream = new MemoryStream();
        using var writer = new EventFileWriter(stream, TimeProvider.System);
        for (var at = 0; at < records; at++)
        {
            writer.AddScalar($"train/metric_{at % tags}", 1d / (at + 1), at / tags, 1_700_000_000 + at);
        }

        bytes = stream.ToArray();
        File.WriteAllBytes(path, bytes);
    }

    [GlobalCleanup]
    public void Remove() => File.Delete(path);

    [Benchmark(OperationsPerInvoke = records)]
    public long FromMemory() => Read(new MemoryStream(bytes));

    [Benchmark(OperationsPerInvoke = records)]
    public long FromFile()
    {
        using var file = new FileStream(path, new FileStreamOptions { BufferSize = 0 });
        return Read(file);
    }

    private long Read(Stream stream)
    {
        using var reader = new EventReader(stream, 0, table);
        while (reader.ReadAsync(batch, default).AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
        }

        return reader.Records;
    }
}
