using Braid.Grpc.Deadlines;

namespace Braid.Grpc.Tests.Deadlines;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData("1H", 3_600_000)]
    [InlineData("2M", 120_000)]
    [InlineData("3S", 3_000)]
    [InlineData("250m", 250)]
    [InlineData("5000u", 5)]
    [InlineData("7000000n", 7)]
    public void Every_unit_is_read(string header, int milliseconds)
    {
        Assert.True(GrpcTimeout.TryParse(header, out var timeout));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), timeout);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("10")]
    [InlineData("-1S")]
    [InlineData("123456789S")]
    [InlineData("1 S")]
    public void What_is_no_timeout_is_refused(string? header) => Assert.False(GrpcTimeout.TryParse(header, out _));

    [Fact]
    public void Timeout_longer_than_any_timer_is_cut()
    {
        Assert.True(GrpcTimeout.TryParse("99999999H", out var timeout));
        using var timer = new CancellationTokenSource(timeout);
    }

    [Theory]
    [InlineData(0.0001)]
    [InlineData(1)]
    [InlineData(1500)]
    [InlineData(86_400_000)]
    [InlineData(1e12)]
    public void Formatted_timeout_is_never_shorter(double milliseconds)
    {
        var timeout = TimeSpan.FromMilliseconds(milliseconds);

        Assert.True(GrpcTimeout.TryParse(GrpcTimeout.Format(timeout), out var read));
        Assert.True(read >= timeout || read == TimeSpan.FromDays(40));
    }
}
