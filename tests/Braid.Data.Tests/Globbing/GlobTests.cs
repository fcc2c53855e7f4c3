using System.Text;
using System.Text.RegularExpressions;
using Braid.Data.Globbing;
using Braid.Primitives;

namespace Braid.Data.Tests.Globbing;

public sealed class GlobTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("", "/")]
    [InlineData("/*", "/a")]
    [InlineData("*", "/a")]
    [InlineData("/a", "/a/")]
    [InlineData("/a/", "/a")]
    [InlineData("/*/", "/a")]
    [InlineData("/*/*", "/a/b")]
    [InlineData("**", "/a")]
    [InlineData("**", "/a/b/c")]
    [InlineData("/a/**", "/a/b/c")]
    [InlineData("**.png", "/a/b/c.png")]
    [InlineData("/**/c", "/a/b/c")]
    [InlineData("/?", "/a")]
    [InlineData("/?", "/\U0001F600")]
    [InlineData("/[a-c]x", "/bx")]
    [InlineData("/[!a-c]x", "/dx")]
    [InlineData("/[^a-c]x", "/dx")]
    [InlineData("/[]]", "/]")]
    [InlineData("/{a,bc}d", "/bcd")]
    [InlineData("/{a,b*}/c", "/bxx/c")]
    [InlineData("/{a,{b,c}}", "/c")]
    [InlineData("/x{,y}", "/x")]
    [InlineData("/?(ab)c", "/c")]
    [InlineData("/?(ab)c", "/abc")]
    [InlineData("/*(ab|c)d", "/abcabd")]
    [InlineData("/*(ab|c)d", "/d")]
    [InlineData("/+(ab|c)d", "/cd")]
    [InlineData("/@(ab|c)d", "/abd")]
    [InlineData("/!(ab)", "/abc")]
    [InlineData("/!(ab)c", "/abbc")]
    [InlineData("/!(*.png|*.jpg)", "/x.txt")]
    [InlineData("/(a|b)(*)", "/bxyz")]
    [InlineData("/a.b+c", "/a.b+c")]
    [InlineData("/a\\*", "/a*")]
    [InlineData("/$1^x", "/$1^x")]
    [InlineData("/Ü*", "/Übung")]
    public void It_matches(string pattern, string path) =>
        Assert.True(Glob.Parse(pattern).Value.IsMatch(path), $"{pattern} {path}");

    [Theory]
    [InlineData("/", "/a")]
    [InlineData("/*", "/")]
    [InlineData("**", "/")]
    [InlineData("/*", "/a/b")]
    [InlineData("/a", "/ab")]
    [InlineData("/a", "/A")]
    [InlineData("/?", "/ab")]
    [InlineData("/a?b", "/a/b")]
    [InlineData("/a[!x]b", "/a/b")]
    [InlineData("/a[.-0]b", "/a/b")]
    [InlineData("/*.png", "/apng")]
    [InlineData("/a/**", "/a")]
    [InlineData("/+(ab)d", "/d")]
    [InlineData("/?(ab)c", "/ababc")]
    [InlineData("/!(ab)", "/ab")]
    [InlineData("/!(*.png|*.jpg)", "/x.png")]
    [InlineData("/!(a)", "/b/c")]
    [InlineData("/{a,b}", "/c")]
    [InlineData("/a", "/a\n")]
    public void It_does_not_match(string pattern, string path) =>
        Assert.False(Glob.Parse(pattern).Value.IsMatch(path), $"{pattern} {path}");

    [Theory]
    [InlineData("/STOREID(*).txt", "/STOREID17.txt", "17")]
    [InlineData("/(*)-(*)", "/a-b", "a|b")]
    [InlineData("/(*)/(?)", "/dir/x", "dir|x")]
    [InlineData("/@(a|b)(c)", "/bc", "b|c")]
    [InlineData("/!(a)(x)", "/bx", "b|x")]
    [InlineData("/{a,b}(c)", "/ac", "c")]
    [InlineData("/*", "/a", "")]
    public void Groups_capture(string pattern, string path, string captures)
    {
        Assert.True(Glob.Parse(pattern).Value.TryMatch(path, out var found));
        Assert.Equal(captures, string.Join('|', found));
    }

    [Theory]
    [InlineData("/[a")]
    [InlineData("/[b-a]")]
    [InlineData("/{a")]
    [InlineData("/(a")]
    [InlineData("/*(a")]
    [InlineData("/a\\")]
    [InlineData("/(a\\)")]
    [InlineData("/!(a)!(a)!(a)!(a)!(a)!(a)!(a)!(a)!(a)")]
    public void A_bad_pattern_is_refused(string pattern) =>
        Assert.Equal(ErrorKind.InvalidArgument, Glob.Parse(pattern).Error?.Kind);

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Equal(ErrorKind.InvalidArgument, Glob.Parse(new string('(', 1000) + new string(')', 1000)).Error?.Kind);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_text_parses_or_is_refused_and_matches_in_bounded_time(int seed)
    {
        const string signs = "ab/*?[]{}(),|!@+-\\^ü";
        var random = new Random(seed);
        for (var round = 0; round < 1500; round++)
        {
            var text = new StringBuilder();
            for (var left = random.Next(14); left > 0; left--)
            {
                text.Append(signs[random.Next(signs.Length)]);
            }

            if (!Glob.Parse(text.ToString()).TryGet(out var glob, out var error))
            {
                Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
                continue;
            }

            _ = glob.IsMatch("/abab/ba");
        }
    }

    [Theory]
    [InlineData(7)]
    public void Simple_patterns_agree_with_the_plain_reference(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 1000; round++)
        {
            var pattern = Text(random, "ab/*?", 6).Trim('/');
            var path = Text(random, "ab/", 6).Trim('/');
            if (pattern.Contains("**", StringComparison.Ordinal) || pattern.Length * path.Length == 0)
            {
                continue;
            }

            var reference = Regex.Escape(pattern).Replace("\\*", "[^/]*").Replace("\\?", "[^/]");
            Assert.Equal(
                Regex.IsMatch(path, $"^{reference}$", RegexOptions.None, TimeSpan.FromSeconds(5)),
                Glob.Parse(pattern).Value.IsMatch(path)
            );
        }
    }

    private static string Text(Random random, string signs, int longest) =>
        new([.. Enumerable.Range(0, random.Next(1, longest + 1)).Select(_ => signs[random.Next(signs.Length)])]);
}
