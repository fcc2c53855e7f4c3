using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Braid.Fuse.Wire;

/// <summary>Reads what follows a request's header, in order. Nothing is read beyond its end.</summary>
internal ref struct RequestBody(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding strict = new(false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> rest = bytes;

    public readonly ReadOnlySpan<byte> Rest => rest;

    /// <exception cref="InvalidDataException">The request is too short.</exception>
    public T Take<T>()
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        if (rest.Length < size)
        {
            throw new InvalidDataException($"a request of the kernel ends within its {typeof(T).Name}");
        }

        var value = MemoryMarshal.Read<T>(rest);
        rest = rest[size..];
        return value;
    }

    /// <summary>The next name; null when its bytes are no UTF-8, which no name in a repo is.</summary>
    /// <exception cref="InvalidDataException">The request has no end of a name.</exception>
    public string? TakeName()
    {
        var end = rest.IndexOf((byte)0);
        if (end < 0)
        {
            throw new InvalidDataException("a request of the kernel ends within a name");
        }

        var name = rest[..end];
        rest = rest[(end + 1)..];
        try
        {
            return strict.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
