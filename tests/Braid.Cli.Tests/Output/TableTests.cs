using Braid.Cli.Output;

namespace Braid.Cli.Tests.Output;

public sealed class TableTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_widest_cell_and_every_cell_ends_in_a_space() =>
        Assert.Equal(
            "NAME   SIZE \nimages 1B   \nx      22B  \n",
            Printed(["NAME", "SIZE"], ["images", "1B"], ["x", "22B"])
        );

    [Fact]
    public void An_empty_table_is_its_header() => Assert.Equal("NAME SIZE \n", Printed(["NAME", "SIZE"]));

    [Fact]
    public void An_open_end_is_not_padded()
    {
        using var output = new StringWriter();
        var table = new Table(output, "A", "B") { IsOpenEnded = true };
        table.Add("x", "y");
        table.Finish();
        Assert.Equal("A B\nx y\n", output.ToString());
    }

    [Fact]
    public void Colors_do_not_count_as_width()
    {
        using var output = new StringWriter();
        var table = new Table(output, "A", "B");
        table.Add(Cell.In(Color.Green, "ok"), "y");
        table.Finish();
        Assert.Equal("A  B \n\e[32mok\e[0m y \n", output.ToString());
    }

    [Fact]
    public void Every_fifty_lines_the_header_comes_again_with_new_widths()
    {
        using var output = new StringWriter();
        var table = new Table(output, "N");
        for (var row = 0; row < 60; row++)
        {
            table.Add(row < 49 ? "x" : "wide");
        }

        table.Finish();
        var lines = output.ToString().Split('\n');
        Assert.Equal("N ", lines[0]);
        Assert.Equal("x ", lines[49]);
        Assert.Equal("N    ", lines[50]);
        Assert.Equal("wide ", lines[51]);
        Assert.Equal(63, lines.Length);
    }

    private static string Printed(string[] header, params string[][] rows)
    {
        using var output = new StringWriter();
        var table = new Table(output, header);
        foreach (var row in rows)
        {
            table.Add([.. row.Select(cell => (Cell)cell)]);
        }

        table.Finish();
        return output.ToString();
    }
}
