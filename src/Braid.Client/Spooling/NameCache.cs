using System.Text;

namespace Braid.Client.Spooling;

/// <summary>Names that were read lately: those of series come again and again, and need no new text each time.</summary>
internal sealed class NameCache
{
    private const int places = 256;

    private readonly (byte[] Bytes, string Name)[] kept = new (byte[], string)[places];

    public string Of(ReadOnlySpan<byte> utf8)
    {
        ref var place = ref kept[PlaceOf(utf8)];
        if (place.Bytes is null || !utf8.SequenceEqual(place.Bytes))
        {
            place = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        }

        return place.Name;
    }

    private static int PlaceOf(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        return (int)((uint)hash.ToHashCode() % places);
    }
}
