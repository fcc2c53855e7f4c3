using System.IO.Pipelines;
using System.Security.Cryptography;
using Braid.Primitives;
using Braid.Storage.Files;
using Xunit.Abstractions;

namespace Braid.Storage.Tests.Files;

public sealed class FileContentTests(ITestOutputHelper output)
{
    private static readonly int[] lengths = [0, 1, 3000, 65536, 65537, 300_000, 1_048_576, 2_500_000, 9_000_001];

    [Fact]
    public async Task What_is_written_is_read_however_it_is_written()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        foreach (var length in lengths)
        {
            var bytes = StoreFixture.RandomBytes(length, length);
            var content = await fixture.Hold.WriteAsync(bytes, default);
            Assert.Equal(length, content.Size);
            Assert.Equal(bytes, await fixture.ReadAsync(content));
            Assert.Equal(content, await fixture.Hold.WriteAsync(new MemoryStream(bytes), default));
            Assert.Equal(content, await fixture.Hold.WriteAsync(PipeReader.Create(new MemoryStream(bytes)), default));
        }
    }

    [Fact]
    public async Task A_small_file_has_the_hash_that_sha256sum_says()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var bytes = StoreFixture.RandomBytes(1, 50_000);
        var content = await fixture.Hold.WriteAsync(bytes, default);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), content.Hash.ToString());
        Assert.Equal(FileContent.Empty, await fixture.Hold.WriteAsync(ReadOnlyMemory<byte>.Empty, default));
    }

    [Fact]
    public async Task Any_range_is_read_without_the_rest()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var bytes = StoreFixture.RandomBytes(2, 5_000_000);
        var content = await fixture.Hold.WriteAsync(bytes, default);
        var random = new Random(2);
        for (var i = 0; i < 50; i++)
        {
            var offset = random.Next(bytes.Length + 10);
            var length = random.Next(3_000_000);
            var expected = bytes.AsSpan(Math.Min(offset, bytes.Length));
            expected = expected[..Math.Min(length, expected.Length)];
            Assert.Equal(expected.ToArray(), await fixture.ReadAsync(content, offset, length));
        }
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public async Task Appending_and_joining_give_what_writing_at_once_gives(int seed)
    {
        output.WriteLine($"seed {seed}");
        await using var fixture = await StoreFixture.OpenAsync();
        var random = new Random(seed);
        for (var round = 0; round < 12; round++)
        {
            var parts = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Part(random)).ToList();
            var whole = await fixture.Hold.WriteAsync(parts.SelectMany(part => part).ToArray(), default);

            var appended = FileContent.Empty;
            var contents = new List<FileContent>();
            foreach (var part in parts)
            {
                appended = await fixture.Hold.AppendAsync(appended, new MemoryStream(part), default);
                contents.Add(await fixture.Hold.WriteAsync(part, default));
            }

            Assert.Equal(whole, appended);
            Assert.Equal(whole, await fixture.Hold.ConcatAsync(contents, default));
        }
    }

    [Fact]
    public async Task A_file_of_more_chunks_than_one_list_holds_is_the_same_by_every_way()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        // Zeros are cut at the maximum, so 1,100 MiB are two lists of one chunk, over and over.
        var part = await fixture.Hold.WriteAsync(new byte[100 << 20], default);
        var joined = await fixture.Hold.ConcatAsync([.. Enumerable.Repeat(part, 11)], default);
        Assert.Equal(1100L << 20, joined.Size);
        Assert.Equal(2, joined.Depth);
        var appended = await fixture.Hold.AppendAsync(joined, new MemoryStream([1, 2, 3]), default);
        Assert.Equal([0, 1, 2, 3], await fixture.ReadAsync(appended, joined.Size - 1));
        Assert.Equal(
            appended,
            await fixture.Hold.ConcatAsync(
                [joined, await fixture.Hold.WriteAsync(new byte[] { 1, 2, 3 }, default)],
                default
            )
        );
    }

    [Fact]
    public async Task A_stream_seeks_and_reads_on()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var bytes = StoreFixture.RandomBytes(3, 3_000_000);
        await using var stream = fixture.Store.OpenRead(await fixture.Hold.WriteAsync(bytes, default));
        var random = new Random(3);
        var buffer = new byte[10_000];
        for (var i = 0; i < 100; i++)
        {
            var offset =
                random.Next(2) == 0 ? stream.Seek(random.Next(bytes.Length), SeekOrigin.Begin) : stream.Position;
            var got = await stream.ReadAsync(buffer);
            Assert.Equal(bytes.AsSpan((int)offset, got).ToArray(), buffer.AsSpan(0, got).ToArray());
        }

        stream.Seek(0, SeekOrigin.End);
        Assert.Equal(0, await stream.ReadAsync(buffer));
    }

    [Fact]
    public void The_column_form_goes_there_and_back_and_refuses_anything_else()
    {
        var content = new FileContent(Sha256Hash.Of("x"u8), long.MaxValue, 3);
        var bytes = content.ToBytes();
        Assert.Equal(content, FileContent.FromBytes(bytes));
        Assert.Throws<CorruptionException>(() => FileContent.FromBytes(bytes.AsSpan(1)));
        Assert.Throws<CorruptionException>(() => FileContent.FromBytes(bytes.AsSpan(0, bytes.Length - 1)));
        Assert.Throws<CorruptionException>(() => FileContent.FromBytes([.. bytes, 0]));
        Assert.Throws<CorruptionException>(() => FileContent.FromBytes([]));
    }

    // Random bytes, zeros (cut at the maximum) or little, so that joints meet old cuts early, late and never.
    private static byte[] Part(Random random)
    {
        var bytes = new byte[random.Next(3) == 0 ? random.Next(2000) : random.Next(3_000_000)];
        if (random.Next(4) != 0)
        {
            random.NextBytes(bytes);
        }

        return bytes;
    }
}
