using Braid.TensorBoard.Hot;
using Braid.TensorBoard.Reading;
using Braid.TensorBoard.Writing;
using Braid.Testing;

namespace Braid.TensorBoard.Tests.Hot;

public sealed class AllocationTests
{
    private const int records = 20_000;

    [Fact]
    public void Reading_scalars_allocates_nothing_for_each_of_them()
    {
        var bytes = Scalars();
        var tags = new TagTable();
        var batch = new EventBatch(2 * records);
        Read(bytes, tags, batch);
        batch.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(bytes, tags, batch);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(records, batch.Scalars.Count);
        // A collection meanwhile counts a whole page of the thread's; an object for each record would be 24 bytes of it.
        Assert.InRange(allocated, 0, records);
    }

    private static void Read(byte[] bytes, TagTable tags, EventBatch batch)
    {
        using var reader = new EventReader(new MemoryStream(bytes), 0, tags);
        var read = reader.ReadAsync(batch, default);
        Assert.True(read.IsCompletedSuccessfully, "a stream in memory never waits");
        Assert.True(read.GetAwaiter().GetResult());
    }

    private static byte[] Scalars()
    {
        var stream = new MemoryStream();
        using var writer = new EventFileWriter(stream, new ManualClock());
        writer.AddVersion();
        for (var step = 0; step < records; step++)
        {
            writer.AddScalar($"train/loss_{step % 10}", 1d / (step + 1), step, 1_700_000_000 + step);
        }

        // The version is an object; only scalars are measured.
        return stream.ToArray()[FirstRecord..];
    }

    private const int FirstRecord = 40;
}
