using Braid.Grpc.Statuses;

namespace Braid.Grpc.Tests.Statuses;

public sealed class PercentEncodingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("repo default/a not found", "repo default/a not found")]
    [InlineData("100%", "100%25")]
    [InlineData("a\nb", "a%0Ab")]
    [InlineData("é", "%C3%A9")]
    public void Text_is_encoded_and_comes_back(string text, string encoded)
    {
        Assert.Equal(encoded, PercentEncoding.Encode(text));
        Assert.Equal(text, PercentEncoding.Decode(encoded));
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("100%", "100%")]
    [InlineData("%zz", "%zz")]
    public void Percent_sign_without_digits_stays(string encoded, string text) =>
        Assert.Equal(text, PercentEncoding.Decode(encoded));
}
