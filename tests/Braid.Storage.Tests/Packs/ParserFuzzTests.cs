using Braid.Primitives;
using Braid.Storage.Files;
using Braid.Storage.Packs;
using Braid.Storage.Trees;
using Xunit.Abstractions;

namespace Braid.Storage.Tests.Packs;

/// <summary>Every parser meets random and damaged bytes and refuses them in its own words.</summary>
public sealed class ParserFuzzTests(ITestOutputHelper output)
{
    private const int rounds = 3000;

    [Fact]
    public void A_scan_of_anything_ends_and_stays_inside()
    {
        var (_, pack, _) = PackCrashTests.MakePack(count: 4, payload: 60);
        foreach (var bytes in Damaged(pack, seed: 1))
        {
            var scan = PackScan.Of(bytes);
            Assert.InRange(scan.End, 0, bytes.Length);
            Assert.All(
                scan.Entries,
                entry => Assert.InRange(entry.Offset + ChunkRecord.HeaderLength + entry.Stored, 0, bytes.Length)
            );
        }
    }

    [Fact]
    public void A_damaged_index_is_refused()
    {
        PackEntry[] entries =
        [
            new(Sha256Hash.Of("a"u8), 36, 10, 10, ChunkCodec.Raw),
            new(Sha256Hash.Of("b"u8), 102, 5, 9, ChunkCodec.Zstd),
        ];
        var index = PackIndex.Encode(entries, 200);
        var pack = new byte[200 + index.Length];
        index.CopyTo(pack, 200);
        Assert.Equal(entries.OrderBy(entry => entry.Hash), Index(pack));
        foreach (var bytes in Damaged(pack, seed: 2).Where(bytes => !bytes.AsSpan().EndsWith(index)))
        {
            Assert.Null(Index(bytes));
        }
    }

    [Fact]
    public void A_damaged_tree_node_is_refused()
    {
        NodeEntry[] entries =
        [
            NodeEntry.OfFile("a.txt"u8.ToArray(), new(Sha256Hash.Of("a"u8), 1000, 0)),
            NodeEntry.OfFile("b"u8.ToArray(), new(Sha256Hash.Of("b"u8), 10_000_000, 1)),
            new("dir/"u8.ToArray(), NodeEntryKind.Directory, 0, Sha256Hash.Of("c"u8), 5, 2),
        ];
        Survives(TreeNode.Encode(0, entries), seed: 3, bytes => TreeNode.Decode(bytes));
    }

    [Fact]
    public void A_damaged_chunk_list_is_refused() =>
        Survives(
            ChunkList.Encode(1, [new(Sha256Hash.Of("a"u8), 300_000), new(Sha256Hash.Of("b"u8), 70_000)]),
            seed: 4,
            bytes => ChunkList.Decode(1, bytes)
        );

    [Fact]
    public void A_damaged_reference_to_content_is_refused() =>
        Survives(
            new FileContent(Sha256Hash.Of("a"u8), 300_000, 1).ToBytes(),
            seed: 5,
            bytes => FileContent.FromBytes(bytes)
        );

    private static PackEntry[]? Index(byte[] pack) =>
        pack.Length >= PackIndex.TrailerLength
        && PackIndex.TryReadTrailer(pack.AsSpan(pack.Length - PackIndex.TrailerLength), pack.Length, out var extent)
            ? PackIndex.TryDecode(pack.AsSpan((int)extent.Offset, (int)extent.Length), extent)
            : null;

    private void Survives(byte[] valid, int seed, Action<byte[]> parse)
    {
        parse(valid);
        foreach (var bytes in Damaged(valid, seed))
        {
            try
            {
                parse(bytes);
            }
            catch (CorruptionException)
            {
                // The one way to refuse.
            }
        }
    }

    private IEnumerable<byte[]> Damaged(byte[] valid, int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < rounds; i++)
        {
            yield return Damage(valid, random);
        }
    }

    private static byte[] Damage(byte[] valid, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                var noise = new byte[random.Next(300)];
                random.NextBytes(noise);
                return noise;
            case 1:
                return valid[..random.Next(valid.Length)];
            case 2:
                return [.. valid, .. valid[random.Next(valid.Length)..], 0];
            default:
                var flipped = valid.ToArray();
                for (var i = random.Next(1, 5); i > 0; i--)
                {
                    flipped[random.Next(flipped.Length)] ^= (byte)random.Next(1, 256);
                }

                return flipped;
        }
    }
}
