using System.Globalization;
using Braid.Storage.Packs;
using Braid.TensorBoard.Hot;

namespace Braid.TensorBoard.Tests.Hot;

public sealed class MaskedCrcTests
{
    [Fact]
    public void Check_sums_are_those_of_the_vectors()
    {
        var vectors = Fixtures.Manifest.GetProperty("crc_vectors").EnumerateArray().ToArray();
        Assert.NotEmpty(vectors);
        foreach (var vector in vectors)
        {
            var bytes = Convert.FromHexString(vector.GetProperty("input_hex").GetString()!);
            Assert.Equal(Hex(vector.GetProperty("crc32c").GetString()!), Crc32C.Of(bytes));
            Assert.Equal(Hex(vector.GetProperty("masked").GetString()!), MaskedCrc.Of(bytes));
        }
    }

    [Fact]
    public void Check_sums_of_any_length_are_those_of_the_plain_way()
    {
        var bytes = new byte[100];
        new Random(3).NextBytes(bytes);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(Plain(bytes.AsSpan(0, length)), Crc32C.Of(bytes.AsSpan(0, length)));
        }
    }

    private static uint Plain(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0x82F63B78 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }

    private static uint Hex(string digits) => uint.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
