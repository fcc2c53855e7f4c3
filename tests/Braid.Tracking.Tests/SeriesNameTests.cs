using Braid.Tracking.Series;

namespace Braid.Tracking.Tests;

public sealed class SeriesNameTests
{
    [Theory]
    [InlineData("loss", "loss", "loss")]
    [InlineData("train/loss", "train", "loss")]
    [InlineData("a/b/c", "a", "b/c")]
    [InlineData("/x", "", "x")]
    [InlineData("a/a", "a/a", "a/a")]
    public void A_key_splits_at_its_first_slash_unless_that_makes_equal_parts_and_joins_again(
        string key,
        string metric,
        string variant
    )
    {
        var name = SeriesName.FromKey(key);
        Assert.Equal(new(metric, variant), name);
        Assert.Equal(key, name.Key);
    }
}
