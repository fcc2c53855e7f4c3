namespace Braid.Cli.Archives;

/// <summary>The checksum of zip archives, which the base library stores but does not compare.</summary>
internal struct Crc32
{
    private static readonly uint[] table = [.. Enumerable.Range(0, 256).Select(Entry)];

    private uint inverse;

    public readonly uint Value => inverse;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var crc = ~inverse;
        foreach (var b in bytes)
        {
            crc = table[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        inverse = ~crc;
    }

    private static uint Entry(int index)
    {
        var entry = (uint)index;
        for (var bit = 0; bit < 8; bit++)
        {
            entry = (entry & 1) != 0 ? 0xEDB88320 ^ (entry >> 1) : entry >> 1;
        }

        return entry;
    }
}
