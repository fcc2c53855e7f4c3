using Braid.TensorBoard.Hot;

namespace Braid.TensorBoard.Logs;

/// <summary>
/// Counts how often each tag of a run was begun again: a trainer that goes back to a checkpoint writes steps again that it
/// wrote before. A point is never thrown away; what is drawn is the last epoch. Several points of one step are one epoch, and so
/// are those that a second writer wrote at the same time, because their times go back.
/// </summary>
public sealed class StepEpochs
{
    private Last[] tags = [];

    /// <summary>The epoch of each row, counted from 0.</summary>
    public void Count(ScalarColumns rows, Span<int> epochs)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            epochs[row] = Count(rows.Tags[row], rows.Steps[row], rows.WallTimes[row]);
        }
    }

    private int Count(int tag, long step, double wallTime)
    {
        if (tag >= tags.Length)
        {
            var known = tags.Length;
            Array.Resize(ref tags, Math.Max(64, 2 * (tag + 1)));
            tags.AsSpan(known).Fill(new() { Step = long.MinValue, WallTime = double.NegativeInfinity });
        }

        ref var last = ref tags[tag];
        if (wallTime >= last.WallTime)
        {
            last.Epoch += step < last.Step ? 1 : 0;
            (last.Step, last.WallTime) = (step, wallTime);
        }

        return last.Epoch;
    }

    private struct Last
    {
        public long Step;
        public double WallTime;
        public int Epoch;
    }
}
