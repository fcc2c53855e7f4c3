namespace Braid.Pipelines.Programs;

/// <summary>How long a program that keeps ending waits before it is started again: twice as long each time.</summary>
internal static class BackOff
{
    private static readonly TimeSpan first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan longest = TimeSpan.FromMinutes(5);

    /// <summary>A program that runs for so long has recovered.</summary>
    public static TimeSpan Steady { get; } = TimeSpan.FromSeconds(10);

    /// <param name="failures">Ends one after the other, 1 or more.</param>
    public static TimeSpan After(long failures)
    {
        var wait = first * Math.Pow(2, Math.Min(failures - 1, 30));
        return wait < longest ? wait : longest;
    }
}
