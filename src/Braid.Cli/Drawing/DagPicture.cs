using Braid.Cli.Output;
using Braid.Cli.Pipelines;
using Braid.Protos.Pps;

namespace Braid.Cli.Drawing;

/// <summary>
/// Draws a graph from top to bottom. Pipelines have boxes with corners, repos that are filled from outside round ones; a
/// pipeline that does not run says what it does instead.
/// </summary>
internal sealed class DagPicture(Style style, int boxWidth, int edgeHeight)
{
    private readonly LineCanvas canvas = new();

    /// <summary>How wide a box is with its frame: an odd number, so that lines meet it in its middle.</summary>
    private readonly int width = (boxWidth + 2) | 1;

    public void Print(Dag dag, TextWriter output)
    {
        var layers = DagLayers.Of(dag);
        DagColumns.Assign(layers, width);
        var top = 0;
        foreach (var layer in layers)
        {
            top += DrawLayer(layer, top);
            top += layer.Any(slot => slot.Below.Count > 0) ? DagLines.Draw(canvas, layer, top, edgeHeight) : 0;
        }

        canvas.Print(output);
    }

    /// <summary>Answers how many rows it takes.</summary>
    private int DrawLayer(List<DagSlot> layer, int top)
    {
        var height = 2 + layer.Max(slot => slot.Node is { } node ? TextOf(node).Count : 1);
        foreach (var slot in layer)
        {
            if (slot.Node is { } node)
            {
                DrawBox(node, slot.Middle, top, height);
            }
            else
            {
                canvas.Down(slot.Middle, top - 1, top + height);
            }
        }

        return height;
    }

    private void DrawBox(DagNode node, int middle, int top, int height)
    {
        var left = middle - width / 2;
        var corners = node.Pipeline is null ? "╭╮╰╯" : "┌┐└┘";
        var bar = new string('─', width - 2);
        canvas.Write(top, left, $"{corners[0]}{bar}{corners[1]}");
        var text = TextOf(node);
        for (var row = 1; row < height - 1; row++)
        {
            canvas.Write(top + row, left, "│" + Centred(row <= text.Count ? text[row - 1] : "") + "│");
        }

        canvas.Write(top + height - 1, left, $"{corners[2]}{bar}{corners[3]}");
    }

    private List<Cell> TextOf(DagNode node) =>
        node.Pipeline is not { } pipeline ? [node.Name]
        : pipeline.State == PipelineState.PipelineRunning ? [node.Name]
        : [node.Name, States.Of(style, pipeline.State)];

    private Cell Centred(Cell text)
    {
        var room = width - 2;
        var cut = text.Text.Length > room ? (Cell)(text.Text[..(room - 1)] + "…") : text;
        var before = (room - cut.Text.Length) / 2;
        return new string(' ', before) + cut + new string(' ', room - cut.Text.Length - before);
    }
}
