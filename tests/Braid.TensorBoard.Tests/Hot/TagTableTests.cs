using Braid.TensorBoard.Events;
using Braid.TensorBoard.Hot;

namespace Braid.TensorBoard.Tests.Hot;

public sealed class TagTableTests
{
    [Fact]
    public void A_tag_keeps_its_number_among_many()
    {
        var tags = new TagTable();
        var names = Enumerable.Range(0, 10_000).Select(at => $"layer{at % 100}/weight_{at}").ToArray();
        Assert.Equal(Enumerable.Range(0, names.Length), names.Select(tags.Intern));
        Assert.Equal(Enumerable.Range(0, names.Length), names.Select(tags.Intern));
        Assert.Equal(names, Enumerable.Range(0, tags.Count).Select(at => tags[at]));
    }

    [Fact]
    public void Tags_of_any_bytes_are_told_apart()
    {
        var tags = new TagTable();
        Assert.Equal(0, tags.Intern(""));
        Assert.Equal(1, tags.Intern("\0"u8));
        Assert.Equal(2, tags.Intern("\0\0"u8));
        Assert.Equal(3, tags.Intern([0xFF, 0xFE]));
        Assert.Equal("\uFFFD\uFFFD", tags[3]);
        Assert.Equal(1, tags.Intern("\0"u8));
    }

    [Fact]
    public void The_first_word_on_a_tag_counts()
    {
        var tags = new TagTable();
        var tag = tags.Intern("loss");
        tags.Describe(tag, new(TagMetadata.Scalars));
        tags.Describe(tag, new(TagMetadata.Text));
        Assert.Equal(TagMetadata.Scalars, tags.MetadataOf(tag)?.Plugin);
        Assert.Single(tags.Described);
    }
}
