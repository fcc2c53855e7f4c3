using Braid.Cli.Output;

namespace Braid.Cli.Tests.Output;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0.4, "Less than a second")]
    [InlineData(1.9, "1 second")]
    [InlineData(59, "59 seconds")]
    [InlineData(60, "About a minute")]
    [InlineData(119, "About a minute")]
    [InlineData(120, "2 minutes")]
    [InlineData(3599, "59 minutes")]
    [InlineData(3600, "About an hour")]
    [InlineData(2 * 3600, "2 hours")]
    [InlineData(47 * 3600, "47 hours")]
    [InlineData(48 * 3600, "2 days")]
    [InlineData(14 * 86400, "2 weeks")]
    [InlineData(60 * 86400, "2 months")]
    [InlineData(730 * 86400, "2 years")]
    public void Durations_are_rounded_the_way_pachctl_does(double seconds, string words) =>
        Assert.Equal(words, Ages.Words(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(1023, "1023B")]
    [InlineData(58381, "57.01KiB")]
    [InlineData(3145728, "3MiB")]
    [InlineData(1L << 40, "1TiB")]
    public void Sizes_have_four_digits(long bytes, string words) => Assert.Equal(words, Sizes.Words(bytes));
}
