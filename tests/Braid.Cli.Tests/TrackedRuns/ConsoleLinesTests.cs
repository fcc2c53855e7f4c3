using System.Text;
using Braid.Cli.TrackedRuns;
using Braid.Cli.TrackedRuns.Programs;

namespace Braid.Cli.Tests.TrackedRuns;

public sealed class ConsoleLinesTests
{
    [Theory]
    [InlineData("one\ntwo\n", "one|two")]
    [InlineData("one\r\ntwo\r\n", "one|two")]
    [InlineData(" 10%\r 50%\r100%\ndone\n", "100%|done")]
    [InlineData("begun", "begun")]
    [InlineData("\n\n", "")]
    [InlineData("50%\r", "50%")]
    public void A_progress_bar_becomes_the_line_that_it_ended_as(string printed, string lines)
    {
        var bytes = Encoding.UTF8.GetBytes(printed);
        Assert.Equal(lines, LinesOf([bytes]));
        // However it is cut on its way.
        Assert.Equal(lines, LinesOf(bytes.Chunk(1)));
    }

    [Fact]
    public void Letters_that_arrive_in_parts_are_whole() =>
        Assert.Equal("größer", LinesOf(Encoding.UTF8.GetBytes("größer\n").Chunk(1)));

    [Fact]
    public void A_line_without_an_end_is_cut()
    {
        var found = new List<string>();
        var lines = new ConsoleLines(found.Add);
        lines.Add(new byte[200_000].AsSpan());
        lines.End();
        Assert.Equal([65_536, 65_536, 65_536, 3_392], found.Select(line => line.Length));
    }

    private static string LinesOf(IEnumerable<byte[]> parts)
    {
        var found = new List<string>();
        var lines = new ConsoleLines(found.Add);
        foreach (var part in parts)
        {
            lines.Add(part);
        }

        lines.End();
        return string.Join('|', found);
    }
}
