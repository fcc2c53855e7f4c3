namespace Braid.Client.Formats;

/// <summary>CRC-32 as in IEEE 802.3, PNG and zip.</summary>
internal static class Crc32
{
    private static readonly uint[] table = Table();

    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        var crc = ~before;
        foreach (var each in bytes)
        {
            crc = table[(byte)(crc ^ each)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] Table()
    {
        var values = new uint[256];
        for (var i = 0u; i < values.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            }

            values[i] = value;
        }

        return values;
    }
}
