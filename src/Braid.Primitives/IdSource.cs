using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Braid.Primitives;

/// <summary>Where new identities and secrets come from; a test injects its own bytes.</summary>
public sealed class IdSource(Action<Span<byte>> fill)
{
    /// <summary>The operating system's generator.</summary>
    public static IdSource System { get; } = new(bytes => RandomNumberGenerator.Fill(bytes));

    /// <summary>A reproducible sequence, for tests.</summary>
    public static IdSource Seeded(int seed)
    {
        var random = new Random(seed);
        return new(bytes =>
        {
            lock (random)
            {
                random.NextBytes(bytes);
            }
        });
    }

    /// <summary>A version-4 UUID as 32 hex digits.</summary>
    public Hex32 Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        fill(bytes);
        return Hex32.Version4(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>A secret of <paramref name="length"/> letters and digits (62 symbols, 5.95 bits each).</summary>
    public string Secret(int length) => Text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);

    /// <summary>An access key of <paramref name="length"/> upper-case letters and digits, as ClearML and AWS shape them.</summary>
    public string AccessKey(int length) => Text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", length);

    private string Text(string alphabet, int length)
    {
        var text = new char[length];
        Span<byte> one = stackalloc byte[1];
        var limit = 256 - (256 % alphabet.Length);
        for (var at = 0; at < length; )
        {
            fill(one);
            if (one[0] < limit)
            {
                text[at++] = alphabet[one[0] % alphabet.Length];
            }
        }

        return new(text);
    }
}
