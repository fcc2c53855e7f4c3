using System.Globalization;

namespace Braid.Compute.Processes;

/// <summary>
/// Signals that this process ignores: those of a broken pipe, as the runtime has it, and what it was started to ignore, as a shell starts
/// what runs in the background, or <c>nohup</c>. Everything that it starts would ignore them too: could not be interrupted, and would
/// write on when nobody reads.
/// </summary>
internal static class IgnoredSignals
{
    private const string field = "SigIgn:";

    private static readonly Lazy<IReadOnlyList<int>> here = new(() => Parse(File.ReadLines("/proc/self/status")));

    /// <summary>What in front of a command gives it these signals back; nothing where none is ignored.</summary>
    public static IReadOnlyList<string> Reset => ResetOf(here.Value);

    internal static IReadOnlyList<string> ResetOf(IReadOnlyList<int> signals) =>
        signals.Count == 0 ? [] : ["env", $"--default-signal={string.Join(',', signals)}"];

    /// <param name="lines"><c>SigIgn: 0000000000001006</c>, among others: bit N - 1 is signal N.</param>
    internal static IReadOnlyList<int> Parse(IEnumerable<string> lines)
    {
        var line = lines.First(line => line.StartsWith(field, StringComparison.Ordinal));
        var mask = ulong.Parse(line.AsSpan(field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return [.. Enumerable.Range(1, 31).Where(signal => ((mask >> (signal - 1)) & 1) == 1)];
    }
}
