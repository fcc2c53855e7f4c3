using System.Text;
using Braid.Compute.Processes;

namespace Braid.Compute.Tests;

public sealed class LineSplitterTests
{
    [Fact]
    public void Lines_come_whole_whatever_the_pieces_they_arrive_in()
    {
        var splitter = new LineSplitter(100);
        var lines = new List<string>();
        foreach (var one in "first\nsec\rond\n\nlast"u8.ToArray())
        {
            lines.AddRange(splitter.Add([one]));
        }

        lines.AddRange(splitter.End());

        Assert.Equal(["first", "sec\rond", "", "last"], lines);
    }

    [Fact]
    public void A_line_that_is_too_long_is_cut_between_characters()
    {
        var splitter = new LineSplitter(10);

        var lines = splitter.Add(Encoding.UTF8.GetBytes("123456789é" + new string('x', 10) + "\n"));

        Assert.Equal(["123456789", "éxxxxxxxx", "xx"], lines);
    }

    [Fact]
    public void A_last_line_without_newline_is_a_line_and_an_empty_end_is_none()
    {
        var splitter = new LineSplitter(10);

        Assert.Equal(["a"], splitter.Add("a\n"u8));
        Assert.Empty(splitter.End());
    }

    [Fact]
    public void Bytes_that_no_database_takes_as_text_are_replaced()
    {
        var splitter = new LineSplitter(10);

        Assert.Equal(["a\uFFFDb\uFFFD"], splitter.Add([(byte)'a', 0, (byte)'b', 0xFF, (byte)'\n']));
    }
}
