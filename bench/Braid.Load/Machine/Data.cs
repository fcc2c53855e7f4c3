using System.Runtime.InteropServices;
using System.Text;

namespace Braid.Load.Machine;

/// <summary>Bytes to write, the same in every run.</summary>
internal static class Data
{
    private const int blockLength = 1024 * 1024;

    /// <summary>Random bytes, or rows of numbers that compress to about a third.</summary>
    public static async Task WriteFileAsync(string path, long length, bool isText, int seed)
    {
        var random = new Random(seed);
        await using var file = File.Create(path);
        for (long at = 0; at < length; at += blockLength)
        {
            var count = (int)Math.Min(blockLength, length - at);
            await file.WriteAsync(isText ? Rows(random, count) : Bytes(random, count));
        }
    }

    /// <summary>A folder of small files of random bytes, in directories of <paramref name="inDirectory"/>.</summary>
    public static void WriteTree(string folder, int files, int length, int inDirectory)
    {
        var random = new Random(2);
        for (var i = 0; i < files; i++)
        {
            var directory = Path.Combine(folder, $"d{i / inDirectory:D5}");
            if (i % inDirectory == 0)
            {
                Directory.CreateDirectory(directory);
            }

            File.WriteAllBytes(Path.Combine(directory, $"f{i:D7}.bin"), Bytes(random, length));
        }
    }

    public static byte[] Bytes(Random random, int length)
    {
        // A seeded Random takes its time over bytes; one number of it starts a generator that is fast (xorshift64*).
        var state = (ulong)random.NextInt64() | 1;
        var words = new ulong[(length + 7) / 8];
        for (var i = 0; i < words.Length; i++)
        {
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            words[i] = state * 0x2545F4914F6CDD1D;
        }

        return MemoryMarshal.AsBytes(words.AsSpan())[..length].ToArray();
    }

    private static byte[] Rows(Random random, int length)
    {
        var text = new StringBuilder(length + 128);
        while (text.Length < length)
        {
            text.Append($"2026-11-{random.Next(1, 31):D2},sensor-{random.Next(200)},{random.NextDouble():F4},ok\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }
}
