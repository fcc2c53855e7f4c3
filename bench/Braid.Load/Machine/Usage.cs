namespace Braid.Load.Machine;

/// <summary>What something took: seconds of the clock, and of all processors together.</summary>
internal readonly record struct Usage(double Wall, double Cpu)
{
    /// <summary>The run least disturbed by what else the machine did.</summary>
    public static Usage Best(IEnumerable<Usage> runs) => runs.MinBy(run => run.Wall);
}
