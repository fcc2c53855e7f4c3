using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Braid.Primitives;

/// <summary>128 bits written as 32 lower-case hex digits: the one form of identity that every protocol accepts.</summary>
public readonly record struct Hex32(UInt128 Value) : IComparable<Hex32>
{
    /// <summary>Digits in the text form.</summary>
    public const int Length = 32;

    /// <summary>Accepts exactly 32 lower-case hex digits; upper case, dashes and blanks are refused.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Hex32 id)
    {
        id = default;
        if (text is null || text.Length != Length || text.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            return false;
        }

        id = new(UInt128.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>Parses what this system wrote itself; anything else is corruption.</summary>
    /// <exception cref="FormatException">The text is not 32 lower-case hex digits.</exception>
    public static Hex32 Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not 32 lower-case hex digits");

    /// <summary>The version-4 UUID made of 16 random bytes (the caller's), with version and variant bits set.</summary>
    public static Hex32 Version4(UInt128 random)
    {
        var version = (random & ~(UInt128.One * 0xF000 << 64)) | (UInt128.One * 0x4000 << 64);
        var variant = (version & ~(UInt128.One * 0xC000_0000_0000_0000)) | (UInt128.One * 0x8000_0000_0000_0000);
        return new(variant);
    }

    public int CompareTo(Hex32 other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
