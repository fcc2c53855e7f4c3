using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Tests.Manifests;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("500m", 500, 1)]
    [InlineData("1", 1000, 1)]
    [InlineData("0.1", 100, 1)]
    [InlineData("1.5", 1500, 2)]
    [InlineData("2Gi", 2147483648000, 2147483648)]
    [InlineData("1e3", 1000000, 1000)]
    [InlineData("1E3", 1000000, 1000)]
    [InlineData("12e-1", 1200, 2)]
    [InlineData("1k", 1000000, 1000)]
    [InlineData("100M", 100000000000, 100000000)]
    [InlineData("1E", long.MaxValue, 1000000000000000000)]
    [InlineData("1n", 1, 1)]
    [InlineData("1500u", 2, 1)]
    [InlineData("0", 0, 0)]
    [InlineData("+3", 3000, 3)]
    [InlineData(".5", 500, 1)]
    [InlineData("5.", 5000, 5)]
    [InlineData("128974848", 128974848000, 128974848)]
    public void An_amount_is_exact_and_rounded_up(string text, long thousandths, long units)
    {
        Assert.True(Quantity.TryParse(text, out var quantity));
        Assert.Equal((thousandths, units, text), (quantity.Thousandths, quantity.Units, quantity.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Gi")]
    [InlineData("m")]
    [InlineData("1 Gi")]
    [InlineData("1GiB")]
    [InlineData("1e")]
    [InlineData("1e99")]
    [InlineData("1e3k")]
    [InlineData("0x10")]
    [InlineData("1,5")]
    [InlineData("--1")]
    [InlineData("10E")]
    [InlineData("99999999999999999999")]
    public void What_is_no_amount_is_refused(string text) => Assert.False(Quantity.TryParse(text, out _));
}
