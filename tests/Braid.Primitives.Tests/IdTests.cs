namespace Braid.Primitives.Tests;

public sealed class IdTests
{
    private const string example = "0123456789ab4def8123456789abcdef";

    [Fact]
    public void An_id_is_written_as_it_was_read() => Assert.Equal(example, Hex32.Parse(example).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789ab4def8123456789abcde")]
    [InlineData("0123456789ab4def8123456789abcdef0")]
    [InlineData("0123456789AB4DEF8123456789ABCDEF")]
    [InlineData("0123456789ab4def8123456789abcdeg")]
    [InlineData("01234567-89ab-4def-8123-456789abcdef")]
    [InlineData("+123456789ab4def8123456789abcdef")]
    public void Anything_but_32_lower_case_hex_digits_is_refused(string? text)
    {
        Assert.False(Hex32.TryParse(text, out _));
        Assert.False(RunId.TryParse(text, out _));
    }

    [Fact]
    public void New_ids_are_version_4_and_all_different()
    {
        var made = Enumerable.Range(0, 1000).Select(_ => IdSource.System.Next().ToString()).ToList();
        Assert.All(made, id => Assert.Equal('4', id[12]));
        Assert.All(made, id => Assert.Contains(id[16], "89ab".AsEnumerable()));
        Assert.Equal(made.Count, made.Distinct().Count());
    }

    [Fact]
    public void A_seeded_source_repeats_itself() => Assert.Equal(IdSource.Seeded(7).Next(), IdSource.Seeded(7).Next());

    [Fact]
    public void A_steps_run_begins_like_its_commit_set_and_is_its_own()
    {
        var set = new CommitSetId(IdSource.System.Next());
        var train = set.StepRun("default", "train").ToString();
        Assert.Equal(set.ToString()[..16], train[..16]);
        Assert.Contains(train[16], "89ab".AsEnumerable());
        Assert.Equal(train, set.StepRun("default", "train").ToString());
        Assert.NotEqual(train, set.StepRun("default", "features").ToString());
        Assert.NotEqual(train, set.StepRun("other", "train").ToString());
        Assert.Equal(set.ToString(), set.AsRun().ToString());
    }

    [Fact]
    public void Secrets_use_every_letter_evenly()
    {
        var secret = IdSource.Seeded(1).Secret(62_000);
        var counts = secret.CountBy(letter => letter).ToList();
        Assert.Equal(62, counts.Count);
        Assert.All(counts, count => Assert.InRange(count.Value, 850, 1150));
    }
}
