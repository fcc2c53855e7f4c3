using Braid.Cli.CommandLine;

namespace Braid.Cli.Tests.CommandLine;

public sealed class FlagParserTests
{
    private static readonly Flag recursive = Flags.Switch("recursive", 'r', "");
    private static readonly Flag file = Flags.Values("file", 'f', "");
    private static readonly Flag number = Flags.Value("number", 'n', "");

    private static readonly Command command = new("put file", "", "")
    {
        Flags = [recursive, file, number],
        RunAsync = (_, _) => Task.FromResult(0),
    };

    [Theory]
    [InlineData("--file a")]
    [InlineData("--file=a")]
    [InlineData("-f a")]
    [InlineData("-fa")]
    [InlineData("-f=a")]
    public void A_value_can_be_given_in_five_ways(string words) => Assert.Equal(["a"], Parse(words).All(file));

    [Fact]
    public void Letters_can_be_combined_and_the_last_may_take_a_value()
    {
        var flags = Parse("-rf a");
        Assert.True(flags.Has(recursive));
        Assert.Equal(["a"], flags.All(file));
    }

    [Fact]
    public void Flags_stand_anywhere_until_two_dashes()
    {
        var flags = Parse("x -r y -- -f");
        Assert.Equal(["x", "y", "-f"], flags.Arguments);
        Assert.True(flags.Has(recursive));
        Assert.Empty(flags.All(file));
    }

    [Fact]
    public void A_repeated_flag_keeps_all_its_values_and_a_single_one_the_last()
    {
        var flags = Parse("-f a -f b -n 1 -n 2");
        Assert.Equal(["a", "b"], flags.All(file));
        Assert.Equal("2", flags.Text(number));
    }

    [Fact]
    public void A_switch_can_be_set_to_false() => Assert.False(Parse("--recursive=false").Has(recursive));

    [Fact]
    public void A_lone_dash_is_an_argument() => Assert.Equal(["-"], Parse("-").Arguments);

    [Theory]
    [InlineData("--nope", "unknown flag: --nope")]
    [InlineData("-rx", "unknown shorthand flag: 'x' in -rx")]
    [InlineData("--number", "flag needs an argument: --number")]
    [InlineData("-n", "flag needs an argument: 'n' in -n")]
    public void What_is_wrong_is_said_in_pflags_words(string words, string message) =>
        Assert.Equal(message, Assert.Throws<Failure>(() => Parse(words)).Message);

    private static ParsedFlags Parse(string words) => FlagParser.Parse(command, words.Split(' '));
}
