namespace Braid.Cli.Drawing;

/// <summary>Says in which column each slot has its middle: near the middle of what it hangs on, as far as its neighbours let it.</summary>
internal static class DagColumns
{
    private const int Gap = 2;
    private const int Rounds = 6;

    /// <param name="layers">In the order from left to right.</param>
    /// <param name="boxWidth">How wide a node's box is, with its frame; a passing line is one column.</param>
    public static void Assign(IReadOnlyList<List<DagSlot>> layers, int boxWidth)
    {
        foreach (var layer in layers)
        {
            Push(layer, slot => slot.Middle, boxWidth);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var layer in round % 2 == 0 ? layers.Reverse() : layers)
            {
                var upward = round % 2 == 0;
                Push(layer, slot => Wish(slot, upward ? slot.Below : slot.Above), boxWidth);
            }
        }

        var left = layers
            .SelectMany(layer => layer)
            .Select(slot => slot.Middle - Half(slot, boxWidth))
            .DefaultIfEmpty()
            .Min();
        foreach (var slot in layers.SelectMany(layer => layer))
        {
            slot.Middle -= left;
        }
    }

    private static int Wish(DagSlot slot, List<DagSlot> neighbours) =>
        neighbours is []
            ? slot.Middle
            : (neighbours.Min(other => other.Middle) + neighbours.Max(other => other.Middle)) / 2;

    /// <summary>
    /// From left to right each goes where it wishes, or right beside its neighbour; then all that are in a row because of that
    /// move left together by half of what the last was pushed.
    /// </summary>
    private static void Push(List<DagSlot> layer, Func<DagSlot, int> wish, int boxWidth)
    {
        var wishes = layer.Select(wish).ToArray();
        var runStart = 0;
        for (var at = 0; at < layer.Count; at++)
        {
            var least = at == 0 ? int.MinValue : layer[at - 1].Middle + Distance(layer[at - 1], layer[at], boxWidth);
            layer[at].Middle = Math.Max(wishes[at], least);
            if (wishes[at] >= least)
            {
                runStart = at;
            }

            if (
                at + 1 == layer.Count
                || wishes[at + 1] >= layer[at].Middle + Distance(layer[at], layer[at + 1], boxWidth)
            )
            {
                Recentre(layer, wishes, runStart, at, boxWidth);
            }
        }
    }

    private static void Recentre(List<DagSlot> layer, int[] wishes, int first, int last, int boxWidth)
    {
        var excess =
            Enumerable.Range(first, last - first + 1).Sum(at => layer[at].Middle - wishes[at]) / (last - first + 1);
        var room =
            first == 0
                ? excess
                : layer[first].Middle - layer[first - 1].Middle - Distance(layer[first - 1], layer[first], boxWidth);
        for (var at = first; at <= last; at++)
        {
            layer[at].Middle -= Math.Min(excess, room);
        }
    }

    private static int Distance(DagSlot left, DagSlot right, int boxWidth) =>
        Half(left, boxWidth) + Gap + Half(right, boxWidth) + 1;

    private static int Half(DagSlot slot, int boxWidth) => slot.Node is null ? 0 : boxWidth / 2;
}
