using Braid.Gateway.MLflow.Wire;

namespace Braid.Gateway.MLflow.Tests.Wire;

public sealed class KeyRulesTests
{
    [Theory]
    [InlineData("loss")]
    [InlineData("val/acc-1.0 top:5_x")]
    [InlineData("größe")]
    public void A_plain_name_is_a_key(string key) => Assert.Null(KeyRules.Problem(key, "name", "Metric name"));

    [Theory]
    [InlineData("a//b", "a/b")]
    [InlineData("a/", "a")]
    [InlineData("./a", "a")]
    [InlineData("a/../b", "b")]
    [InlineData("..", "..")]
    [InlineData("/a", "/a")]
    [InlineData(".", ".")]
    public void A_name_that_resolves_to_another_is_refused(string key, string resolved) =>
        Assert.Equal(
            $"Invalid value \"{key}\" for parameter 'name' supplied: Names may be treated as files in certain cases, and must"
                + $" not resolve to other names when treated as such. This name would resolve to '{resolved}'",
            KeyRules.Problem(key, "name", "Metric name")?.Message
        );

    [Fact]
    public void A_name_with_other_characters_is_refused() =>
        Assert.Equal(
            "Invalid value \"a$b\" for parameter 'metrics[0].name' supplied: Names may only contain alphanumerics, underscores (_),"
                + " dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).",
            KeyRules.Problem("a$b", "metrics[0].name", "Metric name")?.Message
        );

    [Fact]
    public void A_name_that_is_too_long_is_refused() =>
        Assert.Equal(
            "'Metric name' exceeds the maximum length of 250 characters",
            KeyRules.Problem(new('a', 251), "name", "Metric name")?.Message
        );
}
