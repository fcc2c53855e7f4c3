using System.Text;

namespace Braid.Primitives.Tests;

public sealed class Sha256HashTests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void The_published_digests_come_out(string text, string digest)
    {
        var hash = Sha256Hash.Of(Encoding.UTF8.GetBytes(text));
        Assert.Equal(digest, hash.ToString());
        Assert.Equal(hash, Sha256Hash.Parse(digest));
        Assert.Equal(hash, new Sha256Hash(hash.Bytes));
    }

    [Fact]
    public void Digests_compare_by_their_bytes()
    {
        var (a, b) = (Sha256Hash.Of("a"u8), Sha256Hash.Of("b"u8));
        Assert.True(a != b);
        Assert.Equal(string.CompareOrdinal(a.ToString(), b.ToString()) < 0, a.CompareTo(b) < 0);
        Assert.Single(new HashSet<Sha256Hash> { a, Sha256Hash.Of("a"u8) });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("e3b0")]
    [InlineData("z3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Anything_but_64_hex_digits_is_refused(string? text) => Assert.False(Sha256Hash.TryParse(text, out _));
}
