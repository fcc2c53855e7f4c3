using Braid.TensorBoard.Events;
using Braid.TensorBoard.Hot;

namespace Braid.TensorBoard.Reading;

/// <summary>Some events: scalars as columns, everything else as objects. Cleared, it is used again.</summary>
/// <param name="mostScalars">It is full when it holds so many.</param>
/// <param name="mostBytes">It is full when what is not a scalar takes about so many bytes.</param>
public sealed class EventBatch(int mostScalars = 1 << 16, int mostBytes = 8 << 20)
{
    private readonly List<LoggedEvent> others = [];
    private long bytes;

    /// <summary>The scalars, in the order of the file.</summary>
    public ScalarColumns Scalars { get; } = new(Math.Min(mostScalars, 1 << 10));

    /// <summary>Everything else, in the order of the file.</summary>
    public IReadOnlyList<LoggedEvent> Others => others;

    /// <summary>Whether it is to be emptied before more is read; one event may exceed the limits.</summary>
    public bool IsFull => Scalars.Count >= mostScalars || bytes >= mostBytes;

    /// <summary>Whether it holds nothing.</summary>
    public bool IsEmpty => Scalars.Count == 0 && others.Count == 0;

    /// <summary>The least and the greatest time of its events; null when it is empty.</summary>
    public (double First, double Last)? Times
    {
        get
        {
            var (first, last) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var time in Scalars.WallTimes)
            {
                (first, last) = (Math.Min(first, time), Math.Max(last, time));
            }

            foreach (var other in others)
            {
                (first, last) = (Math.Min(first, other.WallTime), Math.Max(last, other.WallTime));
            }

            return IsEmpty ? null : (first, last);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Scalars.Clear();
        others.Clear();
        bytes = 0;
    }

    internal void Add(LoggedEvent other)
    {
        others.Add(other);
        bytes += other.Size;
    }

    internal (int Scalars, int Others, long Bytes) Mark() => (Scalars.Count, others.Count, bytes);

    internal void Return((int Scalars, int Others, long Bytes) mark)
    {
        Scalars.Truncate(mark.Scalars);
        others.RemoveRange(mark.Others, others.Count - mark.Others);
        bytes = mark.Bytes;
    }
}
