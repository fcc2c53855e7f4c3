namespace Braid.Cli.Mounting.Reading;

/// <summary>The bytes that all open files together may hold ahead of their readers.</summary>
internal sealed class ReadBudget(long limit)
{
    private long used;

    /// <summary>False when there is no room: the reader gets by with less.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref used, bytes) <= limit)
        {
            return true;
        }

        Interlocked.Add(ref used, -bytes);
        return false;
    }

    /// <summary>What a reader cannot do without; it may go beyond the limit.</summary>
    public void Take(int bytes) => Interlocked.Add(ref used, bytes);

    public void GiveBack(int bytes) => Interlocked.Add(ref used, -bytes);
}
