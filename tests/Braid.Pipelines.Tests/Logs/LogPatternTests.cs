using Braid.Pipelines.Logs;
using Braid.Testing;

namespace Braid.Pipelines.Tests.Logs;

public sealed class LogPatternTests
{
    private const string signs = "ab.^$*+?{1,2}[]|()\\";

    [Fact]
    public void Every_line_that_matches_has_the_literal()
    {
        var seed = Seed.Pick();
        var random = new Random(seed);
        var parsed = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(
                Enumerable.Range(0, random.Next(1, 9)).Select(_ => signs[random.Next(signs.Length)])
            );
            if (!LogPattern.Parse(text).TryGet(out var pattern, out _))
            {
                continue;
            }

            parsed++;
            for (var line = 0; line < 20; line++)
            {
                var chars = Enumerable.Range(0, random.Next(8)).Select(_ => "ab1,{}].*"[random.Next(9)]);
                var content = string.Concat(chars);
                Assert.False(
                    pattern.IsMatch(content) && !content.Contains(pattern.Literal, StringComparison.Ordinal),
                    $"seed {seed}: {text} matches {content}, which lacks {pattern.Literal}"
                );
            }
        }

        Assert.True(parsed > 1000);
    }

    [Theory]
    [InlineData("connection refused", "connection refused")]
    [InlineData("^user [0-9]+ failed$", " failed")]
    [InlineData("colou?r", "colo")]
    [InlineData("a|b", "")]
    [InlineData("(?i)error", "")]
    [InlineData("{a*[})]", "")]
    public void Literal_is_the_longest_text_that_is_sure(string pattern, string literal) =>
        Assert.Equal(literal, LogPattern.Parse(pattern).Value.Literal);

    [Theory]
    [InlineData("(")]
    [InlineData(@"(a)\1")]
    public void What_is_no_pattern_is_refused(string pattern) =>
        Assert.Equal(Primitives.ErrorKind.InvalidArgument, LogPattern.Parse(pattern).Error?.Kind);
}
